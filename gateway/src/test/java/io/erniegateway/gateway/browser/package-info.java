/**
 * A real browser for tests: headless Chromium, one a test class, and the tests of the web chat's page.
 *
 * <p>A test class says {@code @ExtendWith(BrowserExtension.class)} and takes a {@link
 * io.erniegateway.gateway.browser.Browser} as a parameter. Without Chromium its tests are skipped with a word on the
 * error stream; with {@code ERNIE_GATEWAY_REQUIRE_BROWSER=true} (the build server) they fail instead.
 */
@NullMarked
package io.erniegateway.gateway.browser;

import org.jspecify.annotations.NullMarked;
