package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Updates that are no person's text, as the Bot API shows them. */
final class ServiceJson {
    private ServiceJson() {}

    /** The bot itself is now this in a chat. */
    static ObjectNode member(Room room, ObjectNode bot, String status) {
        ObjectNode json = ApiReply.MAPPER.createObjectNode();
        json.set("chat", room.chatJson());
        json.put("date", Rooms.now());
        json.putObject("new_chat_member").put("status", status).set("user", bot);
        return json;
    }

    /** A group has become a supergroup. */
    static ObjectNode migrated(Room old, long newId) {
        ObjectNode notice =
                ApiReply.MAPPER.createObjectNode().put("message_id", 1).put("date", Rooms.now());
        notice.set("chat", old.chatJson());
        return notice.put("migrate_to_chat_id", newId);
    }

    /** Makes a message with a text one with a photo or the like. */
    static void toMedia(ObjectNode message, String kind, String caption) {
        message.remove(List.of("text", "entities"));
        message.putArray(kind)
                .addObject()
                .put("file_id", "AgAC")
                .put("width", 90)
                .put("height", 90);
        if (!caption.isEmpty()) {
            message.put("caption", caption);
        }
    }
}
