/**
 * The gateway: a platform's update walks in one direction through rooms that bear the names of what they do.
 *
 * <pre>
 *   connector → inbox → conversation → model stream → draft → delivery → connector
 * </pre>
 *
 * <p>This root package holds {@code main} and the wiring; it alone knows the settings. {@link
 * io.erniegateway.gateway.Gateway#assemble} reads from top to bottom, a line a part. Rooms know each other only in the
 * order of the walk; {@code store} implements their ports, {@code events} tells what happened, {@code metrics} listens.
 *
 * <h2>Threads</h2>
 *
 * <table>
 *   <caption>Every thread, what it may not do, and who ends it</caption>
 *   <tr><th>thread</th><th>does</th><th>may not</th><th>ended by</th></tr>
 *   <tr><td>XNIO I/O (platform, one or two)</td><td>reads and writes sockets of the web server, keeps SSE streams</td>
 *       <td>block, touch the database</td><td>{@code WebServer.close}</td></tr>
 *   <tr><td>one virtual per HTTP request</td><td>webhooks, the web chat's posts: stores and answers</td>
 *       <td>wait for a model</td><td>itself</td></tr>
 *   <tr><td>one virtual per polling or socket bot</td><td>receives, stores, acknowledges</td>
 *       <td>acknowledge before it is stored</td><td>{@code Connector.close}</td></tr>
 *   <tr><td>one virtual per bot that is starting</td><td>tries {@code Connector.start} again and again</td>
 *       <td>—</td><td>{@code BotStarter.close}</td></tr>
 *   <tr><td>one virtual per conversation with work</td><td>one turn after the other</td>
 *       <td>call a platform</td><td>itself, or {@code Mailboxes.close} by interrupt</td></tr>
 *   <tr><td>one virtual per running model call</td><td>reads the stream, hands over one event at a time</td>
 *       <td>keep text for itself</td><td>the turn, by interrupt and by closing the stream</td></tr>
 *   <tr><td>one virtual per bot's delivery</td><td>plans under the bot's lock, sleeps</td>
 *       <td>do I/O, render</td><td>{@code BotDelivery.close}</td></tr>
 *   <tr><td>one virtual per platform call</td><td>renders, posts, edits, writes the journal</td>
 *       <td>hold the bot's lock meanwhile</td><td>itself; at most one per answer</td></tr>
 *   <tr><td>one virtual, transcript</td><td>writes the web chat's growing lines twice a second</td>
 *       <td>—</td><td>{@code Database.close}</td></tr>
 * </table>
 */
@NullMarked
package io.erniegateway.gateway;

import org.jspecify.annotations.NullMarked;
