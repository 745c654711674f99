package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Reasoning;
import io.erniegateway.ernie.ErnieEvent.SearchResults;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Searching;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.ToolWanted;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.sse.StreamDecoder.State.Ended;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one answer, from its chunks. What goes beyond the answer's limit in text, in reasoning or in tool calls
 * ends it with {@link Reason#LENGTH}, as the model's own limit does.
 */
final class Answer {
    private static final Searching SEARCHING = new Searching();

    private final int maxCharacters;
    private final Queue<ErnieEvent> events = new ArrayDeque<>();
    private final WellFormed textMender = new WellFormed();
    private final WellFormed reasoningMender = new WellFormed();
    private final ToolCalls tools;

    private String requestId = "";
    private int textCharacters;
    private int reasoningCharacters;
    private int lastFlag;
    private boolean searching;
    private List<Hit> lastHits = List.of();
    private @Nullable Usage usage;
    private @Nullable Reason reason;
    private @Nullable Ended end;

    /** @param maxCharacters of the text; the reasoning may have as many, and the tool calls together too */
    Answer(int maxCharacters) {
        this.maxCharacters = maxCharacters;
        this.tools = new ToolCalls(maxCharacters);
    }

    @Nullable
    ErnieEvent poll() {
        return events.poll();
    }

    String requestId() {
        return requestId;
    }

    /** Why the model stopped, null if it has not. */
    @Nullable
    Reason reason() {
        return reason;
    }

    /** How the answer ended, null if it has not. */
    @Nullable
    Ended end() {
        return end;
    }

    /** Takes the next chunk. Not after the end. */
    void take(Chunk chunk) {
        if (requestId.isEmpty()) {
            requestId = chunk.requestId();
        }
        // Before the text: what must not be shown must not be shown first.
        if (chunk.flag() != lastFlag && chunk.flag() != 0) {
            tell(new Verdict(chunk.flag(), chunk.banRound()));
            lastFlag = chunk.flag();
        }
        search(chunk);
        if (chunk.usage() != null) {
            usage = chunk.usage();
        }
        reason = worse(reason, chunk.finish());
        boolean fits = reasoning(reasoningMender.next(chunk.reasoning()))
                && text(textMender.next(chunk.text()))
                && tools(chunk.tools());
        if (!fits) {
            finish(Reason.LENGTH, false);
        } else if (chunk.last()) {
            finish(reason == null ? Reason.STOP : reason, true);
        }
    }

    /** Ends the answer because nothing more comes. */
    Ended finish(Reason why) {
        return finish(why, true);
    }

    private void search(Chunk chunk) {
        if (chunk.searching() && !searching) {
            tell(SEARCHING);
            searching = true;
        }
        List<Hit> hits = chunk.hits();
        if (!hits.isEmpty() && !hits.equals(lastHits)) {
            tell(new SearchResults(hits));
            lastHits = hits;
        }
    }

    /** False if the answer's limit has cut it. */
    private boolean reasoning(String delta) {
        String fitting = WellFormed.beginning(delta, maxCharacters - reasoningCharacters);
        if (!fitting.isEmpty()) {
            tell(new Reasoning(fitting));
            reasoningCharacters += fitting.length();
        }
        return fitting.length() == delta.length();
    }

    /** False if the answer's limit has cut it. */
    private boolean text(String delta) {
        String fitting = WellFormed.beginning(delta, maxCharacters - textCharacters);
        if (!fitting.isEmpty()) {
            tell(new Text(fitting));
            textCharacters += fitting.length();
        }
        return fitting.length() == delta.length();
    }

    /** False if there are too many. */
    private boolean tools(List<ToolPiece> pieces) {
        for (ToolPiece piece : pieces) {
            if (!tools.add(piece)) {
                return false;
            }
        }
        return true;
    }

    private void tell(ErnieEvent event) {
        events.add(event);
        searching = false;
    }

    private Ended finish(Reason why, boolean whole) {
        String half = whole ? reasoningMender.rest() : "";
        if (!half.isEmpty()) {
            tell(new Reasoning(half));
        }
        half = whole ? textMender.rest() : "";
        if (!half.isEmpty()) {
            tell(new Text(half));
        }
        List<ToolCall> calls = callsAtEnd(why);
        calls.forEach(call -> tell(new ToolWanted(call)));
        if (usage != null) {
            tell(usage);
        }
        tell(new Finished(reasonAtEnd(why, calls)));
        Ended ended = new Ended(whole);
        end = ended;
        return ended;
    }

    /** Of an answer that was cut no call is told: the last may lack its end, and the first may make no sense without it. */
    private List<ToolCall> callsAtEnd(Reason why) {
        return switch (why) {
            case LENGTH, CONTENT_FILTER -> List.of();
            case STOP, TOOL_CALLS -> tools.all();
        };
    }

    /** vLLM and llama.cpp have said "stop" after tool calls, and a model may announce calls and make none. */
    private static Reason reasonAtEnd(Reason why, List<ToolCall> calls) {
        return switch (why) {
            case LENGTH, CONTENT_FILTER -> why;
            case STOP, TOOL_CALLS -> calls.isEmpty() ? Reason.STOP : Reason.TOOL_CALLS;
        };
    }

    /** A chunk after the one that told of a cut or a filter says "stop" at most out of habit. */
    private static @Nullable Reason worse(@Nullable Reason earlier, @Nullable Reason later) {
        if (earlier == null || later == null) {
            return earlier == null ? later : earlier;
        }
        return severity(earlier) >= severity(later) ? earlier : later;
    }

    private static int severity(Reason reason) {
        return switch (reason) {
            case STOP -> 0;
            case TOOL_CALLS -> 1;
            case LENGTH -> 2;
            case CONTENT_FILTER -> 3;
        };
    }
}
