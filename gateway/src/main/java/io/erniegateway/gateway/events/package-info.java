/**
 * What happened, as sealed events, for whoever counts or watches. The rooms say what they did; they never count.
 */
@NullMarked
package io.erniegateway.gateway.events;

import org.jspecify.annotations.NullMarked;
