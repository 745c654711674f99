/**
 * What every stream of this client does alike, whether one server answers it ({@code http}), several do ({@code chain}), or
 * a model calls functions in between ({@code tools}).
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.reading.OneReading} — the iteration, once.
 *   <li>{@link io.erniegateway.ernie.reading.OpenStreams} — those that end with their client.
 * </ul>
 *
 * <p>It never connects, waits or retries.
 */
@NullMarked
package io.erniegateway.ernie.reading;

import org.jspecify.annotations.NullMarked;
