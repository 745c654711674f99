/**
 * Implements the rooms' ports on one embedded SQLite file. No business rules: it keeps what it is told and finds it again.
 *
 * <p>Write-ahead log with {@code synchronous=FULL}: what was acknowledged to a platform survives a power failure. One
 * connection, as SQLite has one writer. The schema is in {@code db/migration}, in SQL that PostgreSQL understands, too.
 *
 * <ul>
 *   <li>{@link io.erniegateway.gateway.store.Database} — the file, its connection and its migrations.
 *   <li>{@code SqlInbox}, {@code SqlConversations} (also the delivery's journal), {@code SqlTranscript} — one port each.
 *   <li>{@code Numbers} — ids that grow with time, across restarts.
 * </ul>
 */
@NullMarked
package io.erniegateway.gateway.store;

import org.jspecify.annotations.NullMarked;
