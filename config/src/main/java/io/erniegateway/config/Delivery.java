package io.erniegateway.config;

import java.time.Duration;

/**
 * When the first piece of an answer is shown. People are notified of the first message only, so it should say
 * something. How often the message is edited afterwards is not a setting: the platforms' limits decide.
 *
 * @param firstTextHold how long to wait for more text before the first message; above 0, at most 1 min
 * @param firstTextCharacters this many characters end the wait early, 1 to 1,000
 */
public record Delivery(Duration firstTextHold, int firstTextCharacters) {}
