/**
 * How a request gets in.
 *
 * <pre>
 *   Request ──Credentials.sign──► Request with a key or a token
 *   refused as stale ──Credentials.renew──► "ask once more" or "a new token will not help"
 * </pre>
 *
 * <ul>
 *   <li>{@link io.erniegateway.ernie.auth.BearerKey} — V2's API Key, and any bearer of a self-hosted server.
 *   <li>{@link io.erniegateway.ernie.auth.OAuthTokens} — V1's access token, fetched once for all callers.
 * </ul>
 *
 * <p>A key or token never reaches a log or an exception; the token's URL holds both keys in its query and is never
 * printed at all. Threads: any; a token is fetched on a virtual thread of its own, so that a caller who is interrupted
 * leaves the others their token.
 */
@NullMarked
package io.erniegateway.ernie.auth;

import org.jspecify.annotations.NullMarked;
