package io.erniegateway.connectors.simulated.slack;

import java.util.HashSet;
import java.util.Set;

/** A channel, a group or a direct message. Guarded by the workspace's lock. */
final class Room {

    /** The words of {@code channel_type}. */
    enum Kind {
        IM,
        CHANNEL,
        GROUP,
        MPIM;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    final String id;
    final String name;
    final Kind kind;
    final Set<String> members = new HashSet<>();
    boolean archived;
    boolean hasBot = true;

    Room(String id, String name, Kind kind, Set<String> members) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.members.addAll(members);
    }
}
