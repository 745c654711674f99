/**
 * Bytes of a streaming answer to events. Pure: no clock, no I/O, no thread.
 *
 * <pre>
 *   bytes ──LineSplitter──► lines ──StreamDecoder──► JSON ──ChunkGrammar──► Chunk ──StreamDecoder──► ErnieEvent
 * </pre>
 *
 * <p>States of a {@link io.erniegateway.ernie.sse.StreamDecoder}:
 *
 * <pre>
 *   Running ──whole answer, or the answer's limit──► Ended
 *      └──error line, cut, line too long, no JSON──► Failed(ErnieFailure)
 * </pre>
 *
 * <p>It works line by line and not by the SSE standard's blank-line events: every ERNIE server puts one JSON object on
 * one {@code data:} line, some forget the blank line, and some put a bare JSON error where a {@code data:} line belongs.
 * The two APIs differ in {@link io.erniegateway.ernie.sse.ChunkGrammar} alone.
 *
 * <p>What it never does: take a stream without its end for a whole answer; throw for anything that a server may send;
 * hold more than one line.
 */
@NullMarked
package io.erniegateway.ernie.sse;

import org.jspecify.annotations.NullMarked;
