package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who has an account. Thread-safe. */
final class People {
    private final Map<String, SimulatedPerson> people = new ConcurrentHashMap<>();

    void add(SimulatedPerson person) {
        people.put(Long.toString(person.id()), person);
    }

    /** The person as the Bot API shows it. */
    ObjectNode json(String id) {
        SimulatedPerson person = people.get(id);
        if (person == null) {
            throw new IllegalArgumentException("the simulated Telegram has no person " + id);
        }
        ObjectNode json = ApiReply.MAPPER
                .createObjectNode()
                .put("id", person.id())
                .put("is_bot", false)
                .put("first_name", person.firstName());
        return person.language().isEmpty() ? json : json.put("language_code", person.language());
    }
}
