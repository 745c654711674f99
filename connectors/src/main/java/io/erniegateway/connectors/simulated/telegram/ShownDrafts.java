package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are still being written, as sendMessageDraft shows them: one in each place, for 30 s after its last text
 * (tdlib's {@code pending_text_message_period}) or until the bot's next message in the chat. They are no messages: they
 * leave nothing behind. Guarded by its {@link Rooms}.
 */
final class ShownDrafts {
    private static final Duration LASTS = Duration.ofSeconds(30);

    /**
     * What a reader sees.
     *
     * @param number the bot's draft_id: the same one changes the draft, another one replaces it
     * @param canStop whether there is a Stop button
     * @param keepOnStop whether it stays when that is pressed
     * @param revision one more with each text that differs
     * @param until when it fades
     */
    record Draft(
            long number,
            int thread,
            FormattedText text,
            boolean canStop,
            boolean keepOnStop,
            int revision,
            long until) {

        String id() {
            return Seen.DRAFT + number;
        }

        private Draft after(Draft before) {
            int same = before.text.equals(text) ? 0 : 1;
            return new Draft(number, thread, text, canStop, keepOnStop, before.revision + same, until);
        }

        private Draft stopped() {
            return new Draft(number, thread, text, false, keepOnStop, revision, until);
        }
    }

    private final Watchers watchers;
    private final Fading fading;

    ShownDrafts(Watchers watchers, Fading fading) {
        this.watchers = watchers;
        this.fading = fading;
    }

    void show(Room room, int thread, long number, FormattedText text, boolean canStop, boolean keepOnStop) {
        long until = fading.now() + LASTS.toNanos();
        Draft fresh = new Draft(number, thread, text, canStop, keepOnStop, 0, until);
        Draft before = room.drafts.get(thread);
        if (before != null && before.number() == number) {
            Draft changed = fresh.after(before);
            room.drafts.put(thread, changed);
            if (changed.revision() > before.revision()) {
                watchers.visible(room, changed.id(), text.text(), false, () -> room.seen(changed));
            }
            return;
        }
        if (before != null) {
            remove(room, before, fading.now());
        }
        room.drafts.put(thread, fresh);
        fading.at(until, () -> fade(room, thread, until));
        watchers.visible(room, fresh.id(), text.text(), true, () -> room.seen(fresh));
    }

    private void fade(Room room, int thread, long at) {
        Draft draft = room.drafts.get(thread);
        if (draft == null) {
            return;
        }
        if (draft.until() > at) {
            fading.at(draft.until(), () -> fade(room, thread, draft.until()));
        } else {
            remove(room, draft, at);
        }
    }

    /** A real message of the bot takes all of the chat's drafts away. */
    void messageIn(Room room) {
        if (!room.drafts.isEmpty()) {
            List.copyOf(room.drafts.values()).forEach(draft -> remove(room, draft, fading.now()));
        }
    }

    /** The reader presses Stop; null if no draft there has the button. */
    @Nullable
    Draft stop(Room room, int thread) {
        Draft draft = room.drafts.get(thread);
        if (draft == null || !draft.canStop()) {
            return null;
        }
        if (draft.keepOnStop()) {
            room.drafts.put(thread, draft.stopped());
        } else {
            remove(room, draft, fading.now());
        }
        return draft;
    }

    private void remove(Room room, Draft draft, long at) {
        room.drafts.remove(draft.thread());
        watchers.gone(room, draft.id(), at);
    }
}
