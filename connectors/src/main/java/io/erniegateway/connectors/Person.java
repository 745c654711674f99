package io.erniegateway.connectors;

/**
 * Who wrote.
 *
 * @param id the platform's id of the person, unique per bot
 * @param name a name to show, possibly empty
 * @param language an IETF language tag if the platform tells one ({@code zh-hans}, {@code en}), else empty
 */
public record Person(String id, String name, String language) {}
