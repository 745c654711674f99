package io.erniegateway.ernie;

import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Reasoning;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.ToolAnswered;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that came of a question: the events up to the end, and the failure if there was one. */
public record Collected(List<ErnieEvent> events, @Nullable ErnieException thrown) {

    public static Collected ask(ErnieClient client, String question) {
        return ask(client, request(question));
    }

    public static Collected ask(ErnieClient client, ChatRequest request) {
        return of(() -> client.open(request));
    }

    /** All that comes of a stream, its opening included. */
    public static Collected of(Supplier<ErnieStream> opening) {
        List<ErnieEvent> events = new ArrayList<>();
        try (ErnieStream stream = opening.get()) {
            stream.forEach(events::add);
            return new Collected(events, null);
        } catch (ErnieException e) {
            return new Collected(events, e);
        }
    }

    public static ChatRequest request(String question) {
        return new ChatRequest("", List.of(Turn.user(question)), "");
    }

    public String text() {
        StringBuilder all = new StringBuilder();
        only(Text.class).forEach(piece -> all.append(piece.delta()));
        return all.toString();
    }

    public String reasoning() {
        StringBuilder all = new StringBuilder();
        only(Reasoning.class).forEach(piece -> all.append(piece.delta()));
        return all.toString();
    }

    public Finished.Reason finished() {
        List<Finished> ends = only(Finished.class);
        if (ends.size() != 1 || !(events.getLast() instanceof Finished)) {
            throw new AssertionError("must end with exactly one Finished: " + this);
        }
        return ends.getFirst().reason();
    }

    public Usage usage() {
        return only(Usage.class).getFirst();
    }

    public List<Verdict> verdicts() {
        return only(Verdict.class);
    }

    public ErnieFailure failure() {
        if (thrown == null) {
            throw new AssertionError("did not fail: " + events);
        }
        return thrown.failure();
    }

    public ErnieFailure.Details details() {
        return failure().details();
    }

    public List<ToolAnswered> answered() {
        return only(ToolAnswered.class);
    }

    private <E extends ErnieEvent> List<E> only(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
