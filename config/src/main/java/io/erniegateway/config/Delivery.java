package io.erniegateway.config;

import java.time.Duration;

/**
 * What the reader of a growing answer sees first, and in a silence. People are notified of the first message only, so it
 * should say something. How often the message is edited afterwards is not a setting: the platforms' limits decide.
 *
 * @param firstTextHold how long to wait for more text before the first message; above 0, at most 1 min
 * @param firstTextCharacters this many characters end the wait early, 1 to 1,000
 * @param signAfter how long a model that has begun to answer may be silent before the reader is shown that it is still
 *     at work; above 0, at most 1 min
 */
public record Delivery(Duration firstTextHold, int firstTextCharacters, Duration signAfter) {}
