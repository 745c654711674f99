package io.erniegateway.ernie.request;

import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.sse.WellFormed;
import java.util.ArrayList;
import java.util.List;

/**
 * A history that every server takes, in exchanges: a user's turn and everything up to the next. It is repaired when it
 * is made, and can be made shorter from the front by whole exchanges. Immutable.
 *
 * <p>The rules, of which V1 checks all and V2 documents most: the user is first; no two turns of one role in a row (a
 * group chat gives many users' turns at once); no blank turn; a call of a function stands with its result, or not at
 * all; a result that the model never answered is left out with its call once the user speaks again.
 */
final class History {
    private final List<Exchange> exchanges;

    private History(List<Exchange> exchanges) {
        this.exchanges = exchanges;
    }

    /** A user's turn, then the model's: answers, and calls each followed by its results. Never empty. */
    record Exchange(List<Turn> turns) {}

    /**
     * Repairs a conversation.
     *
     * @throws IllegalArgumentException if what is left has no question at its end
     */
    static History repaired(List<Turn> turns) {
        List<Turn> spoken = turns.stream().filter(turn -> !isBlank(turn)).toList();
        List<Exchange> exchanges = new ArrayList<>();
        int i = 0;
        while (i < spoken.size()) {
            List<Turn.User> asked = new ArrayList<>();
            while (i < spoken.size() && spoken.get(i) instanceof Turn.User user) {
                asked.add(user);
                i++;
            }
            List<Turn> answers = new ArrayList<>();
            while (i < spoken.size() && !(spoken.get(i) instanceof Turn.User)) {
                answers.add(spoken.get(i));
                i++;
            }
            if (!asked.isEmpty()) {
                add(exchanges, asked, answered(answers, i == spoken.size()));
            }
        }
        if (exchanges.isEmpty() || exchanges.getLast().turns().getLast() instanceof Turn.Assistant) {
            throw new IllegalArgumentException(
                    "turns: the last one must be a user's, or the result of a call that the model's turn before it made");
        }
        return new History(exchanges);
    }

    List<Turn> turns() {
        return exchanges.stream().flatMap(exchange -> exchange.turns().stream()).toList();
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Without so many of the oldest; the last exchange always stays. */
    History without(int oldest) {
        return new History(exchanges.subList(Math.min(oldest, exchanges.size() - 1), exchanges.size()));
    }

    private static boolean isBlank(Turn turn) {
        return switch (turn) {
            case Turn.User user -> user.text().isBlank() && user.images().isEmpty();
            case Turn.Assistant said -> said.text().isBlank() && said.calls().isEmpty();
            case Turn.ToolResult result -> false;
        };
    }

    /** A question without an answer and the next question become one: no server takes two in a row. */
    private static void add(List<Exchange> exchanges, List<Turn.User> asked, List<Turn> answers) {
        List<Turn.User> all = new ArrayList<>(asked);
        boolean open = !exchanges.isEmpty() && exchanges.getLast().turns().size() == 1;
        if (open && exchanges.removeLast().turns().getFirst() instanceof Turn.User before) {
            all.addFirst(before);
        }
        List<Turn> turns = new ArrayList<>();
        turns.add(merged(all));
        turns.addAll(answers);
        exchanges.add(new Exchange(List.copyOf(turns)));
    }

    private static Turn.User merged(List<Turn.User> users) {
        List<String> texts = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (Turn.User user : users) {
            String text = WellFormed.text(user.text());
            if (!text.isBlank()) {
                texts.add(text);
            }
            images.addAll(user.images());
        }
        return new Turn.User(String.join("\n", texts), images);
    }

    /** The model's part of an exchange. Results may end it only if it is the last: the model is to go on from them. */
    private static List<Turn> answered(List<Turn> turns, boolean last) {
        List<Turn> kept = new ArrayList<>();
        int i = 0;
        while (i < turns.size()) {
            if (!(turns.get(i) instanceof Turn.Assistant said)) {
                i++; // a result whose call is gone
                continue;
            }
            i++;
            List<Turn.ToolResult> results = new ArrayList<>();
            while (i < turns.size() && turns.get(i) instanceof Turn.ToolResult result) {
                results.add(result);
                i++;
            }
            kept = joined(kept, group(said, results));
        }
        while (!last && !kept.isEmpty() && kept.getLast() instanceof Turn.ToolResult) {
            withoutLastCalls(kept);
        }
        return kept;
    }

    private static void withoutLastCalls(List<Turn> kept) {
        while (kept.getLast() instanceof Turn.ToolResult) {
            kept.removeLast();
        }
        String text = kept.removeLast().text();
        if (!text.isBlank()) {
            kept.add(Turn.assistant(text));
        }
    }

    /** The calls that have results, with them; or what was said beside calls that have none. */
    private static List<Turn> group(Turn.Assistant said, List<Turn.ToolResult> results) {
        List<ToolCall> calls = said.calls().stream()
                .filter(call -> results.stream().anyMatch(result -> answers(result, call)))
                .toList();
        String text = WellFormed.text(said.text());
        if (calls.isEmpty()) {
            return text.isBlank() ? List.of() : List.of(Turn.assistant(text));
        }
        List<Turn> group = new ArrayList<>();
        group.add(new Turn.Assistant(text, calls));
        for (ToolCall call : calls) {
            Turn.ToolResult result = results.stream()
                    .filter(candidate -> answers(candidate, call))
                    .findFirst()
                    .orElseThrow();
            group.add(new Turn.ToolResult(call, WellFormed.text(result.text())));
        }
        return group;
    }

    private static boolean answers(Turn.ToolResult result, ToolCall call) {
        return call.id().isEmpty()
                ? result.call().name().equals(call.name())
                : result.call().id().equals(call.id());
    }

    /** Two answers in a row become one. */
    private static List<Turn> joined(List<Turn> before, List<Turn> after) {
        List<Turn> joined = new ArrayList<>(before);
        for (Turn turn : after) {
            boolean twice = !joined.isEmpty()
                    && joined.getLast() instanceof Turn.Assistant earlier
                    && earlier.calls().isEmpty()
                    && turn instanceof Turn.Assistant;
            if (twice && turn instanceof Turn.Assistant later) {
                String text = joined.removeLast().text() + (later.text().isBlank() ? "" : "\n" + later.text());
                joined.add(new Turn.Assistant(text, later.calls()));
            } else {
                joined.add(turn);
            }
        }
        return joined;
    }
}
