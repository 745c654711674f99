package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.Inbound;

/**
 * An update whose turn it is.
 *
 * @param id its number in the durable inbox
 * @param cutSomething whether its arrival already cut an answer that ran, or one that was about to begin
 */
public record Arrival(long id, Inbound inbound, boolean cutSomething) {}
