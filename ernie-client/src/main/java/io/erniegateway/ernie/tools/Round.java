package io.erniegateway.ernie.tools;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.ToolWanted;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.Turn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One model call, passed on and listened to. Not thread-safe. */
final class Round {
    private final Iterator<ErnieEvent> events;
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    private @Nullable Usage usage;
    private @Nullable Reason reason;
    private boolean mayGoOn = true;

    Round(ErnieStream stream) {
        this.events = stream.iterator();
    }

    /** The next event for the caller; null at the end of this call, whose Usage and Finished are kept back. */
    @Nullable
    ErnieEvent next() {
        while (events.hasNext()) {
            ErnieEvent event = events.next();
            switch (event) {
                case Text(String delta) -> text.append(delta);
                case ToolWanted(ToolCall call) -> {
                    ToolCall named = named(call);
                    calls.add(named);
                    return new ToolWanted(named);
                }
                case Verdict verdict -> mayGoOn &= !verdict.clearHistory();
                case Usage told -> {
                    // Some servers tell it with every chunk, cumulatively: the last one counts.
                    usage = told;
                    continue;
                }
                case Finished(Reason why) -> {
                    reason = why;
                    continue;
                }
                case ErnieEvent.Reasoning reasoning -> {}
                case ErnieEvent.Searching searching -> {}
                case ErnieEvent.SearchResults found -> {}
                case ErnieEvent.ToolAnswered answered -> {}
                case ErnieEvent.Switched switched -> {}
            }
            return event;
        }
        return null;
    }

    /** Whether there are calls to be made. Calls of an answer that was cut or filtered may be half of what was meant. */
    boolean wantsCalls() {
        return !calls.isEmpty() && mayGoOn && (reason == Reason.TOOL_CALLS || reason == Reason.STOP);
    }

    List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    /** What the model said, for the history. */
    Turn said() {
        return new Turn.Assistant(text.toString(), calls);
    }

    Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** How it ended; empty if it was closed before its end. */
    Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Results are matched to calls by id, and not every self-hosted server gives one to each. V1 has none at all, and one
     * call a turn: that one keeps its empty id.
     */
    private ToolCall named(ToolCall call) {
        boolean taken = calls.stream().anyMatch(other -> other.id().equals(call.id()));
        return taken ? new ToolCall("call_" + calls.size(), call.name(), call.arguments(), call.thoughts()) : call;
    }
}
