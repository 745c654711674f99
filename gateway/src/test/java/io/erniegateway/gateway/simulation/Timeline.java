package io.erniegateway.gateway.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What readers saw, and when: every change of every message of one run. */
final class Timeline {

    /** From this moment the message has this text; empty if it is gone. */
    record Change(String room, String id, String text, long micros) {}

    private final List<Change> changes = new ArrayList<>();

    void saw(String room, String id, String text, long nanos) {
        changes.add(new Change(room, id, text, nanos / 1_000));
    }

    /** How many letters of these messages were visible after each moment at which that changed. */
    List<long[]> letters(String room, List<String> ids) {
        Map<String, Integer> visible = new LinkedHashMap<>();
        List<long[]> steps = new ArrayList<>();
        for (Change change : changes) {
            if (change.room().equals(room) && ids.contains(change.id())) {
                visible.put(change.id(), Script.letters(change.text()));
                long sum =
                        visible.values().stream().mapToLong(Integer::longValue).sum();
                if (!steps.isEmpty() && steps.getLast()[0] == change.micros()) {
                    steps.removeLast();
                }
                steps.add(new long[] {change.micros(), sum});
            }
        }
        return steps;
    }

    /** Ids of all messages that were ever shown in a room, in the order of their first appearance. */
    List<String> ids(String room) {
        return changes.stream()
                .filter(change -> change.room().equals(room))
                .map(Change::id)
                .distinct()
                .toList();
    }

    /** What stands in a message at the end, empty if nothing does. */
    String last(String room, String id) {
        return changes.reversed().stream()
                .filter(change -> change.room().equals(room) && change.id().equals(id))
                .findFirst()
                .map(Change::text)
                .orElse("");
    }
}
