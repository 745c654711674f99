/**
 * Bytes of a streaming answer to events. Pure: no clock, no I/O, no thread.
 *
 * <pre>
 *   bytes ─► LineSplitter ─► line ──┬─► Shortcut: the Template of an earlier line ─┬─► Chunk ─► Answer ─► ErnieEvent
 *                                   │      ▲ learns                                │
 *                                   └─► ChunkReader: JSON tree + ChunkGrammar ─────┘
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
 * <h2>Why it is fast</h2>
 *
 * <p>Nearly all bytes of a chunk are those of the chunk before. The first line of a shape is read by a tree, slowly and
 * by Jackson's judgement; then it is cut at its words and counts into a {@code Template}, and the next lines are only
 * compared with the parts around the holes. A line that differs anywhere else is read by a tree again. So there is one
 * truth, {@code ChunkReader}, and a shortcut that must agree with it: a template is believed only after an experiment
 * (see {@code Lesson}), and the fuzz test decodes each of its streams both ways. A parser of our own for all of JSON
 * would have been a second truth; Jackson's streaming parser without templates still looks at each byte.
 *
 * <h2>Bounds</h2>
 *
 * <table>
 * <caption>What ends or bounds a stream</caption>
 * <tr><th>what<th>most<th>beyond it
 * <tr><td>a line<td>{@code maxLineBytes}<td>{@code GiveUp(line_too_long)}, before the line has ended
 * <tr><td>text<td>{@code maxAnswerCharacters}<td>{@code Finished(LENGTH)}
 * <tr><td>reasoning<td>the same again<td>{@code Finished(LENGTH)}
 * <tr><td>tool calls, all together<td>the same again, and 128 calls<td>{@code Finished(LENGTH)}, none is told
 * <tr><td>search results<td>64 pages, 2048 characters of address, 512 of title<td>the rest is left out
 * <tr><td>a stream<td>512 MiB<td>{@code GiveUp(stream_too_long)}
 * <tr><td>JSON<td>Jackson's limits of depth and of numbers<td>{@code RetryLater(malformed)}
 * <tr><td>kept between two packets<td>a template of 1 KiB, a string of 1 KiB, and 4 KiB of a line that has come in
 *     part; more only while a longer line is coming<td>
 * </table>
 *
 * <p>What it never does: take a stream without its end for a whole answer; tell a tool call of an answer that was cut;
 * throw for anything that a server may send; hold more than one line.
 */
@NullMarked
package io.erniegateway.ernie.sse;

import org.jspecify.annotations.NullMarked;
