package io.erniegateway.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives the tests of a class one {@link Browser}, fresh again for each test, and fails a test whose page had a problem.
 * What the screen showed when a test failed is kept in {@code target/screenshots}.
 */
public final class BrowserExtension
        implements BeforeAllCallback, ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final Namespace HERE = Namespace.create(BrowserExtension.class);

    private record Holder(Optional<Browser> browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.ifPresent(Browser::close);
        }
    }

    /** Here and not when a parameter is resolved: from there a skip would come out as a failure. */
    @Override
    public void beforeAll(ExtensionContext context) {
        browser(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Browser browser = browser(context);
        browser.offline(false);
        browser.media(false, false).screen(1440, 900).language("en-US").forget();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Browser browser = browser(context);
        if (context.getExecutionException().isPresent()) {
            browser.screenshot("failed-" + context.getRequiredTestMethod().getName());
        } else {
            assertThat(browser.problems())
                    .as("what the browser complained about")
                    .isEmpty();
        }
    }

    private static Browser browser(ExtensionContext context) {
        // The class's context asks first, in beforeAll; those of its tests find what it put there.
        Holder holder =
                context.getStore(HERE).computeIfAbsent(Holder.class, key -> new Holder(Browser.start()), Holder.class);
        return holder.browser().orElseThrow(BrowserExtension::missing);
    }

    private static RuntimeException missing() {
        String what = "No Chromium with chromedriver on this machine: browser tests need both"
                + " (Debian: apt-get install chromium chromium-driver; another place: ERNIE_GATEWAY_CHROMIUM).";
        if ("true".equals(System.getenv("ERNIE_GATEWAY_REQUIRE_BROWSER"))) {
            return new IllegalStateException(what);
        }
        System.err.println("SKIPPED: " + what);
        return new TestAbortedException(what);
    }
}
