package io.erniegateway.gateway.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Rendered;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A draft of which what was shown stays. */
class LastingDraftTest {
    private static final int MAX = 120;

    private static Draft draft() {
        return new Draft(text -> new Rendered(text, "", text.length()), MAX, true);
    }

    private static List<String> parts(Draft draft) {
        return draft.parts().stream().map(Rendered::text).toList();
    }

    @Test
    void half_written_markup_is_shown_as_it_stands() {
        Draft draft = draft();
        draft.append("a **bold and `code");
        assertThat(parts(draft)).containsExactly("a **bold and `code");
    }

    @Test
    void the_open_part_is_closed_where_it_is_pinned_and_goes_on_behind_it() {
        Draft draft = draft();
        draft.append("one two ");
        draft.pin(0, draft.openLength());
        draft.append("three");
        long version = draft.version();
        draft.closeAtPin();
        assertThat(draft.version()).isNotEqualTo(version);
        assertThat(parts(draft)).containsExactly("one two ", "three");
        assertThat(draft.closedParts()).isEqualTo(1);
        draft.closeAtPin();
        assertThat(draft.closedParts()).as("nothing is pinned now").isEqualTo(1);
    }

    @Test
    void a_fence_that_is_closed_at_the_pin_is_opened_again_only_with_text_in_it() {
        Draft draft = draft();
        draft.append("```java\nint x;\n");
        draft.pin(0, draft.openLength());
        draft.closeAtPin();
        assertThat(parts(draft)).containsExactly("```java\nint x;\n```");
        draft.append("int y;");
        assertThat(parts(draft)).containsExactly("```java\nint x;\n```", "```java\nint y;");
    }

    @Test
    void a_pin_of_a_part_that_is_closed_already_is_too_late() {
        Draft draft = draft();
        draft.append("one");
        draft.pin(0, 3);
        draft.closeAtPin();
        draft.append(" two");
        draft.pin(0, 3);
        draft.closeAtPin();
        assertThat(parts(draft)).containsExactly("one", " two");
    }

    @Test
    void whatever_is_shown_stays_and_the_text_comes_out_whole() {
        Random random = new Random(5);
        String alphabet = "ab 。，\n*_`[]()|#-1.中文";
        for (int round = 0; round < 200; round++) {
            Draft draft = draft();
            StringBuilder text = new StringBuilder();
            List<String> shown = List.of();
            for (int i = 0, n = random.nextInt(80); i < n; i++) {
                StringBuilder piece = new StringBuilder();
                for (int c = 0, size = 1 + random.nextInt(30); c < size; c++) {
                    piece.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                String next = piece.toString().replace("```", "x");
                if (text.toString().concat(next).contains("```")) {
                    continue;
                }
                text.append(next);
                draft.append(next);
                if (random.nextInt(3) == 0) {
                    shown = lookedAt(draft, shown);
                }
                if (random.nextInt(20) == 0) {
                    draft.closeAtPin();
                }
            }
            draft.finish();
            lookedAt(draft, shown);
            assertThat(String.join("", parts(draft)).strip())
                    .isEqualTo(text.toString().strip());
        }
    }

    /** Shows all there is and pins what is open; what was shown before still has to stand there. */
    private static List<String> lookedAt(Draft draft, List<String> before) {
        List<String> now = parts(draft);
        assertThat(now).allMatch(part -> part.length() <= MAX).hasSizeGreaterThanOrEqualTo(before.size());
        for (int i = 0; i < before.size(); i++) {
            assertThat(now.get(i)).startsWith(before.get(i));
        }
        if (now.size() > draft.closedParts()) {
            draft.pin(draft.closedParts(), draft.openLength());
        }
        return now;
    }

    @Test
    void code_that_is_cut_at_any_pins_comes_out_whole() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            Draft draft = draft();
            draft.append("```c\n");
            StringBuilder code = new StringBuilder();
            List<String> shown = List.of();
            for (int i = 0, n = 1 + random.nextInt(60); i < n; i++) {
                String line = "x".repeat(1 + random.nextInt(20)) + i + "\n";
                code.append(line);
                draft.append(line);
                if (random.nextInt(3) == 0) {
                    shown = lookedAt(draft, shown);
                }
                if (random.nextInt(12) == 0) {
                    draft.closeAtPin();
                }
            }
            draft.append("```");
            draft.finish();
            StringBuilder seen = new StringBuilder();
            for (String part : parts(draft)) {
                assertThat(part).startsWith("```c\n").endsWith("\n```");
                seen.append(part, "```c\n".length(), part.length() - "```".length());
            }
            assertThat(seen.toString().replace("\n", ""))
                    .isEqualTo(code.toString().replace("\n", ""));
        }
    }
}
