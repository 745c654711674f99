/**
 * How a request gets in.
 *
 * <pre>
 *   Request ──Credentials.sign──► Request with a key, a token or a signature
 *   refused as stale ──Credentials.renew──► "ask once more" or "a new one will not help"
 * </pre>
 *
 * <table>
 *   <caption>What an account has, and what lets it in</caption>
 *   <tr><th>keys</th><th>V2, OpenAI</th><th>V1</th></tr>
 *   <tr><td>API Key ({@code bce-v3/…})</td><td>{@link io.erniegateway.ernie.auth.BearerKey}</td><td>—</td></tr>
 *   <tr><td>an app's API Key and Secret Key</td><td>—</td><td>{@link io.erniegateway.ernie.auth.OAuthTokens}</td></tr>
 *   <tr><td>an IAM user's access key and secret key</td><td>{@link io.erniegateway.ernie.auth.MintedBearer}</td>
 *       <td>{@link io.erniegateway.ernie.auth.IamSignature}</td></tr>
 * </table>
 *
 * <p>Below them: {@link io.erniegateway.ernie.auth.BceSignature} — the signature {@code bce-auth-v1} as a pure function,
 * which the simulator computes as well; {@code BceSigner} — puts it on a request; {@code SharedToken} — one token for
 * all callers, fetched once and replaced in time; {@code TokenEndpoint} — the HTTP call that gets one.
 *
 * <p>A key, token or secret never reaches a log or an exception; the URL of V1's tokens holds both keys in its query and
 * is never printed at all. Keys follow no redirect. Threads: any; a token is fetched on a virtual thread of its own, so
 * that a caller who is interrupted leaves the others their token.
 */
@NullMarked
package io.erniegateway.ernie.auth;

import org.jspecify.annotations.NullMarked;
