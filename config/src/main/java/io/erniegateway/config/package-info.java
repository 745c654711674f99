/**
 * What an operator may set.
 *
 * <p>{@link io.erniegateway.config.Settings} is a tree of records. {@link io.erniegateway.config.SettingsFile} reads it
 * from one YAML file and reports every fault of that file at once, each with its line, its path and its remedy. The
 * defaults stand in one place only, the shipped and commented {@code config/gateway.yaml}, which is packed into this
 * module: what a file leaves out is taken from there.
 *
 * <pre>
 *   bytes ──YamlTree──► YamlNode (with lines) ──Section──► texts, numbers, durations ──SettingsReader──► Settings
 *                                                 │ Placeholders: ${NAME}, ${NAME:default}, $${
 *                  every step adds to ──────────► Faults ──► SettingsException
 * </pre>
 *
 * <ul>
 *   <li>{@code YamlTree} — YAML to nodes that know their line; refuses what can grow without bound (aliases, depth).
 *   <li>{@code Section} — one mapping of the file over its defaults; gives typed values and knows the unknown keys.
 *   <li>{@code Values} — a text to a number, duration, address, choice; pure.
 *   <li>{@code SettingsReader} — which key becomes which record field, with its range: the table of contents.
 *   <li>{@code BotRules} — what must hold between the bots and the models.
 *   <li>{@code Faults}, {@code Nearest} — how a fault is worded, and "did you mean".
 * </ul>
 *
 * <p>It never reads the environment by itself (the caller hands it in), opens no connection, keeps no state, and never
 * puts the value of a secret into a text. Only the gateway's root package uses it.
 */
@NullMarked
package io.erniegateway.config;

import org.jspecify.annotations.NullMarked;
