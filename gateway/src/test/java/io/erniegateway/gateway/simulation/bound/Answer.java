package io.erniegateway.gateway.simulation.bound;

/**
 * One of several answers.
 *
 * @param room answers of one room share the limits of a room
 * @param curve when its text came
 */
public record Answer(String room, ArrivalCurve curve) {}
