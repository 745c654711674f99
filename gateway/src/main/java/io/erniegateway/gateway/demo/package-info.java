/**
 * The demo that needs no keys: one page with three chats side by side, the built-in web chat and two simulated
 * platforms, and beside each what it costs: calls used, refusals, and how far the screen is behind the model.
 *
 * <pre>
 *   SimulatedChats ──changes──► {@link DemoRoutes} ──one stream of events──► page
 *   page ──messages──► {@link DemoRoutes} ──write──► SimulatedChats ──wire──► the real connector
 *   gateway ──shown, call──► {@link LagMeter} = {@link MeterBoard}
 * </pre>
 *
 * <p>It only watches and types. It knows neither the model nor the connectors, and what it shows of a platform is what
 * the simulator says a person would see. Everything on the page that is not real says so.
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.demo.DemoWindow} — one simulated chat on the page.
 *   <li>{@link io.erniegateway.gateway.demo.DemoRoutes} — the page, its events and its posts.
 *   <li>{@link io.erniegateway.gateway.demo.MeterBoard} — the numbers, sent a few times a second at most.
 * </ul>
 *
 * <p>Threads: one virtual thread sends the meters, ended by {@code DemoRoutes.close()}.
 */
@NullMarked
package io.erniegateway.gateway.demo;

import org.jspecify.annotations.NullMarked;
