package io.erniegateway.config;

import java.time.Duration;

/**
 * The gateway's web server: the web page, webhooks, health and metrics.
 *
 * @param host the address to listen on; a loopback address keeps it on this machine
 * @param port 0 to 65535; 0 takes any free one
 * @param shutdownGrace how long running answers may take to end after a stop was asked for; above 0, at most 1 h
 */
public record Server(String host, int port, Duration shutdownGrace) {}
