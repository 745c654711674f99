package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.send.SendMessageDraft;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * sendMessageDraft with a Stop button. telegrambots 10.2.0 describes Bot API 10.2, and {@code can_stop} came with 10.3;
 * an older server ignores a parameter it does not know.
 */
final class StoppableDraft extends SendMessageDraft {
    private static final long serialVersionUID = 1L;

    StoppableDraft(long chat, @Nullable Integer thread, int number, String text, List<MessageEntity> entities) {
        super(chat, thread, number, text, null, entities);
    }

    /** Always: the reader can stop any answer. */
    @JsonProperty("can_stop")
    boolean canStop() {
        return true;
    }
}
