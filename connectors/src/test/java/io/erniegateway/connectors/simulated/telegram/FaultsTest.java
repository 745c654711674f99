package io.erniegateway.connectors.simulated.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.simulated.telegram.Faults.Call;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Call POST = new Call("sendmessage", "1", "a");
    private static final Call EDIT = new Call("editmessagetext", "1", "b");
    private static final Call DRAFT = new Call("sendmessagedraft", "1", "c");
    private static final Fault ONE = new Fault.Reset(false);
    private static final Fault TWO = new Fault.Reset(true);

    private final Faults faults = new Faults();

    @Test
    void the_next_message_is_hit_whatever_comes_between() {
        faults.next(ONE);
        faults.next(TWO);
        assertThat(hits(DRAFT, EDIT, DRAFT, POST, POST)).containsExactly("-", "ONE", "-", "TWO", "-");
    }

    @Test
    void a_method_is_hit_at_its_nth_call() {
        faults.nth(3, "editMessageText", ONE);
        assertThat(hits(EDIT, POST, EDIT, POST, EDIT, EDIT)).containsExactly("-", "-", "-", "-", "ONE", "-");
    }

    @Test
    void calls_that_meet_another_fault_are_counted_too() {
        faults.next("editMessageText", ONE);
        faults.nth(2, "editMessageText", TWO);
        assertThat(hits(EDIT, EDIT, EDIT)).containsExactly("ONE", "TWO", "-");
    }

    @Test
    void a_fault_whose_call_is_taken_by_another_comes_at_the_one_after() {
        faults.next("editMessageText", ONE);
        faults.nth(1, "editMessageText", TWO);
        assertThat(hits(EDIT, EDIT, EDIT)).containsExactly("ONE", "TWO", "-");
    }

    @Test
    void a_text_or_a_room_may_be_waited_for() {
        faults.when(call -> call.text().equals("b"), ONE);
        assertThat(hits(POST, EDIT, EDIT)).containsExactly("-", "ONE", "-");
    }

    @Test
    void a_lasting_fault_hits_until_it_is_cleared() {
        faults.whenever(call -> call.room().equals("1"), ONE);
        assertThat(hits(POST, EDIT, DRAFT)).containsExactly("ONE", "ONE", "ONE");
        faults.clear();
        assertThat(hits(POST)).containsExactly("-");
    }

    private List<String> hits(Call... calls) {
        return List.of(calls).stream()
                .map(call -> {
                    Optional<Fault> hit = faults.take(call);
                    return hit.isEmpty() ? "-" : hit.get().equals(ONE) ? "ONE" : "TWO";
                })
                .toList();
    }
}
