package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.Inbound;

/** What one delivery from Slack amounts to. */
sealed interface SlackUpdate {

    /**
     * Something for the inbox.
     *
     * @param team {@code T…} of the one who did it, possibly empty
     */
    record Arrived(Inbound inbound, String team) implements SlackUpdate {}

    /** Slack asks whether this address is ours; {@code answer} is to be sent back. HTTP only. */
    record Challenge(String answer) implements SlackUpdate {}

    /** Slack held back events of a whole minute, because there were more than 30,000 in an hour. */
    record HeldBack(String minute) implements SlackUpdate {}

    /** Nothing for us; acknowledged all the same, or Slack would send it again. */
    record Ignored(String why) implements SlackUpdate {}
}
