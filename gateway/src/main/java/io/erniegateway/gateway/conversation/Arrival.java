package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.Inbound;

/**
 * An update whose turn it is.
 *
 * @param id its number in the durable inbox
 * @param cutSomething whether its arrival already cut a running answer
 */
public record Arrival(long id, Inbound inbound, boolean cutSomething) {}
