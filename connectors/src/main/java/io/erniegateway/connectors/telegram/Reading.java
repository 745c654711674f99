package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.Inbound;

/** What one update turned out to be. {@code update} is its {@code update_id}. */
sealed interface Reading {

    long update();

    record Arrived(long update, Inbound inbound) implements Reading {}

    /** A group became a supergroup: what was sent to {@code from} goes to {@code to} now. */
    record Migrated(long update, String from, String to) implements Reading {}

    /** Nothing for the gateway. {@code what} names the kind of update, never its content. */
    record Ignored(long update, String what) implements Reading {}

    /** An update that does not have the form it should. {@code update} is {@link #NO_ID} if even that is missing. */
    record Malformed(long update, String why) implements Reading {}

    long NO_ID = -1;
}
