package io.erniegateway.gateway.simulation.bound;

/**
 * One call of a schedule.
 *
 * @param atMicros when it is sent
 * @param kind how limits count it
 */
record Call(long atMicros, CallKind kind) {}
