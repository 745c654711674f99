/**
 * Durable arrival. Whatever a connector hands over is stored before the platform is told so; what is known already is
 * dropped; what is not meant for the bot is ignored; the rest waits in one bounded mailbox per conversation, strictly in
 * order, different conversations side by side.
 *
 * <pre>
 *   connector ──accept──► DurableInbox ──stored──► Mailboxes ──one at a time per chat──► Conversations.handle
 *                              │                                                              │ returns
 *                              ▼                                                              ▼
 *                          InboxStore.put                                                InboxStore.done
 * </pre>
 *
 * <p>After a restart, what was stored and not done is put into the mailboxes again, in its old order.
 */
@NullMarked
package io.erniegateway.gateway.inbox;

import org.jspecify.annotations.NullMarked;
