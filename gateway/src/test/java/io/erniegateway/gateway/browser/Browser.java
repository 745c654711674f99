package io.erniegateway.gateway.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium, and what a person does with it. */
public final class Browser implements AutoCloseable {

    /** Where a Chromium may be, first come first served; {@code ERNIE_GATEWAY_CHROMIUM} overrules them. */
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Generous, because a build server shares its processors; nothing waits that long when it works. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** A new browser with an empty profile, or nothing if this machine has no Chromium with its driver. */
    public static Optional<Browser> start() {
        String named = System.getenv("ERNIE_GATEWAY_CHROMIUM");
        Optional<Path> chromium = named == null
                ? BROWSERS.stream().flatMap(name -> find(name).stream()).findFirst()
                : Optional.of(Path.of(named)).filter(Files::isExecutable);
        Optional<Path> chromedriver = find("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path profile = Files.createTempDirectory("browser-profile");
            // Both programs are named, so Selenium neither looks for them nor downloads any.
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.get().toFile())
                    .usingAnyFreePort()
                    .build();
            Browser browser = new Browser(profile, new ChromeDriver(service, options(chromium.get(), profile)));
            browser.screen(1440, 900);
            return Optional.of(browser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                // Tests run as root in containers, where Chromium's own sandbox cannot start.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-default-browser-check",
                // Nothing of Chromium's own leaves this machine.
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-features=OptimizationHints,Translate,MediaRouter",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    private static Optional<Path> find(String program) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)),
                        Stream.of("/usr/bin", "/usr/local/bin", "/usr/lib/chromium", "/snap/bin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A screen of exactly so many CSS pixels; up to 500 wide it is a phone with touch. */
    public Browser screen(int width, int height) {
        boolean phone = width <= 500;
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        cdp("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
        return this;
    }

    /** What the reader's system asks for. */
    public Browser media(boolean dark, boolean reducedMotion) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of(
                                        "name",
                                        "prefers-reduced-motion",
                                        "value",
                                        reducedMotion ? "reduce" : "no-preference"))));
        return this;
    }

    /** The reader's language, for {@code navigator.language} and {@code Accept-Language} alike. */
    public Browser language(String tag) {
        String agent = (String) js("return navigator.userAgent");
        cdp("Network.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", tag));
        return this;
    }

    /** Cuts the network, or mends it. */
    public Browser offline(boolean offline) {
        cdp("Network.enable", Map.of());
        cdp(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    public Browser open(URI page) {
        driver.get(page.toString());
        return this;
    }

    public Browser reload() {
        driver.navigate().refresh();
        return this;
    }

    /** Forgets who the reader was. */
    public Browser forget() {
        driver.manage().deleteAllCookies();
        cdp("Network.clearBrowserCookies", Map.of());
        return this;
    }

    /** The first visible element that fits, waited for. */
    public WebElement see(String css) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> visible(css), found -> !found.isEmpty())
                .getFirst();
    }

    /** Waits until no element that fits is visible. */
    public void seeNo(String css) {
        eventually(() -> visible(css).isEmpty());
    }

    /** Waits until an element that fits shows this text, the spaces at its ends aside. */
    public void see(String css, String text) {
        eventually(() -> texts(css).contains(text));
    }

    public List<WebElement> visible(String css) {
        try {
            return driver.findElements(By.cssSelector(css)).stream()
                    .filter(WebElement::isDisplayed)
                    .toList();
        } catch (StaleElementReferenceException e) {
            // The page changed while it was looked at.
            return List.of();
        }
    }

    /** The visible texts of all elements that fit. */
    public List<String> texts(String css) {
        // In one step, because the page may change between two.
        List<?> texts = (List<?>) js(
                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
                        + ".map(e => e.innerText.trim())",
                css);
        return texts.stream().map(String::valueOf).toList();
    }

    public void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    public void click(String css) {
        see(css).click();
    }

    /** Types where the focus is. */
    public void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Moves the focus on by the tabulator, so often. */
    public void tab(int times) {
        for (int i = 0; i < times; i++) {
            type(Keys.TAB);
        }
    }

    /** Runs a script in the page. An {@code arguments[…]} of it is one of {@code arguments}. */
    public Object js(String script, Object... arguments) {
        Object result = driver.executeScript(script, arguments);
        return result == null ? "" : result;
    }

    /** Runs a script that answers by its last argument, a callback. */
    public Object jsLater(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        Object result = driver.executeAsyncScript(script, arguments);
        return result == null ? "" : result;
    }

    /** A command of the DevTools protocol. */
    public Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** A picture of what is on the screen, in {@code target/screenshots}. */
    public Path screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Warnings and errors since the last call: scripts that failed, and everything the content security policy refused.
     * An answer that is an error status is none; tests provoke those.
     */
    public List<String> problems() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource"))
                .filter(message -> !message.contains("net::ERR_INTERNET_DISCONNECTED"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A helper process was still writing; it is a temporary folder.
        }
    }
}
