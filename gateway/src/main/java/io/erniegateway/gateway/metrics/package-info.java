/** Listens to events and counts, for Prometheus. Nothing else in the gateway knows that it is counted. */
@NullMarked
package io.erniegateway.gateway.metrics;

import org.jspecify.annotations.NullMarked;
