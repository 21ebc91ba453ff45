package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.gazecheck.io.Folders;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * Headless Chromium in the hands of a driver: opens pages from the file system, presses keys, runs scripts. One program serves
 * all tests of a virtual machine; each begins in a window of its own, in which nothing is kept of another's.
 */
final class Browser implements AutoCloseable {
    private static final String VARIABLE = "GAZECHECK_BROWSER";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Held, or its level would be forgotten: it warns of every browser newer than the driver's library. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.openqa.selenium");

    static {
        DRIVER_LOG.setLevel(Level.SEVERE);
    }

    /** Started by the first test that asks for it. */
    private static Started started;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** @param blank a page of a file without a script */
    private record Started(ChromeDriver driver, Path blank) {}

    /**
     * The browser that GAZECHECK_BROWSER names, or Chromium on the path, and the driver on the path; without them the
     * test is skipped.
     */
    static synchronized Browser open() throws IOException {
        if (started == null) {
            started = start();
        }
        Browser browser = new Browser(started.driver());
        browser.forget(started.blank());
        return browser;
    }

    private static Started start() throws IOException {
        String named = System.getenv(VARIABLE);
        String program = named != null ? named : onPath("chromium", "chromium-browser", "google-chrome");
        String driver = onPath("chromedriver");
        if (program == null || driver == null) {
            Assumptions.abort("skipped: " + (program == null ? "no chromium" : "no chromedriver")
                    + " on the path; install chromium and chromium-driver, or set " + VARIABLE + " to a browser");
        }
        Path profile = Files.createTempDirectory("browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(driver).toFile())
                .withLogFile(profile.resolve("driver.log").toFile())
                .build();
        ChromeDriver begun = new ChromeDriver(service, options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(begun, profile)));
        return new Started(
                begun, Files.writeString(profile.resolve("blank.html"), "<!DOCTYPE html><title>blank</title>"));
    }

    private static void end(ChromeDriver driver, Path profile) {
        driver.quit();
        try {
            Folders.delete(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Turns to a new window, closes all others, and forgets what pages of files kept. Windows have their own history, size,
     * colours and session; pages of servers have an address of their own.
     */
    private void forget(Path blank) {
        Set<String> others = driver.getWindowHandles();
        driver.switchTo().newWindow(WindowType.TAB);
        String window = driver.getWindowHandle();
        for (String other : others) {
            driver.switchTo().window(other);
            driver.close();
        }
        driver.switchTo().window(window);
        driver.get(blank.toUri().toString());
        run("localStorage.clear()");
    }

    private static String onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":"))
                        .map(folder -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** Opens a page and waits until its script is ready. */
    void open(Path page, String fragment, int width, int height) {
        open(page.toUri(), fragment, width, height);
    }

    void open(URI page, String fragment, int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        driver.get("about:blank");
        driver.get(page + fragment);
        until("return document.documentElement.dataset.ready === 'true'"
                + " || document.documentElement.dataset.errors !== '0'");
    }

    /** The value that a script returns. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    long number(String script) {
        return ((Number) run("return " + script)).longValue();
    }

    String text(String script) {
        return String.valueOf(run("return " + script));
    }

    boolean is(String script) {
        return Boolean.TRUE.equals(run("return " + script));
    }

    /** Waits until a script returns true. */
    void until(String script) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(run(script))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + script);
            }
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Waits until the images in sight have their heatmaps. */
    void untilDrawn(int atLeast) {
        until("return Number(document.documentElement.dataset.drawn || 0) >= " + atLeast);
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Presses on an element and draws; places are offsets in pixels from its middle: x, y, x, y. */
    void drag(String selector, int... places) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        Actions actions =
                new Actions(driver).moveToElement(element, places[0], places[1]).clickAndHold();
        for (int k = 2; k < places.length; k += 2) {
            actions.moveToElement(element, places[k], places[k + 1]);
        }
        actions.release().perform();
    }

    /** Holds the pointer over an element, at an offset from its middle. */
    void hover(String selector, int x, int y) {
        new Actions(driver)
                .moveToElement(driver.findElement(By.cssSelector(selector)), x, y)
                .perform();
    }

    /** Both at once. */
    void press(Keys modifier, String key) {
        new Actions(driver).keyDown(modifier).sendKeys(key).keyUp(modifier).perform();
    }

    /** Opens a second window beside the first, and turns to it. */
    void secondWindow() {
        driver.switchTo().newWindow(WindowType.TAB);
    }

    /** Turns to the window beside this one. */
    void otherWindow() {
        String here = driver.getWindowHandle();
        String other = driver.getWindowHandles().stream()
                .filter(handle -> !handle.equals(here))
                .findFirst()
                .orElseThrow();
        driver.switchTo().window(other);
    }

    /** Closes the second window and turns back to the first. */
    void firstWindow() {
        driver.close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    /** From now on the window is as narrow as no window of a desktop. */
    void narrow(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** From now on pages look as they do on paper. */
    void onPaper() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    }

    /** The streams of what is drawn on each page of paper, in A4. */
    List<String> printed() {
        Object pdf = driver.executeCdpCommand(
                        "Page.printToPDF", Map.of("printBackground", true, "paperWidth", 8.27, "paperHeight", 11.69))
                .get("data");
        return PdfPages.of(Base64.getDecoder().decode(String.valueOf(pdf)));
    }

    /** From now on the reader prefers dark pages. */
    void dark() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /** Gives a file to a field of the page. */
    void choose(String field, Path file) {
        driver.findElement(By.name(field)).sendKeys(file.toAbsolutePath().toString());
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Resident memory of the process that shows the page, in bytes; Linux only. */
    long residentOfPage() throws IOException {
        long most = 0;
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            Path proc = Path.of("/proc/" + process.pid());
            if (Files.exists(proc) && Files.readString(proc.resolve("cmdline")).contains("--type=renderer")) {
                for (String line : Files.readAllLines(proc.resolve("status"))) {
                    if (line.startsWith("VmRSS:")) {
                        most = Math.max(most, 1024 * Long.parseLong(line.replaceAll("\\D", "")));
                    }
                }
            }
        }
        return most;
    }

    /** Addresses of everything that the page loaded. */
    List<String> loaded() {
        List<String> names = new ArrayList<>();
        for (Object name : (List<?>) run("return performance.getEntriesByType('resource').map(e => e.name)")) {
            names.add(String.valueOf(name));
        }
        return names;
    }

    /** What axe-core holds against the page as it is now. */
    List<?> violations() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) run(
                "return axe.run({ resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.help"
                        + " + ' ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))");
    }

    /** What the page hands over to be kept as a file, from now on, is found in {@code window.exported}. */
    void catchDownloads() {
        run("URL.createObjectURL = blob => { window.exported = blob; return '#'; };");
    }

    String download() {
        return String.valueOf(run("return window.exported.text()"));
    }

    /** Nothing failed and nothing was forbidden. */
    void assertClean() {
        assertNull(run("return document.documentElement.dataset.firstError || null"));
        assertEquals("0", text("document.documentElement.dataset.errors"));
        assertEquals("true", text("document.documentElement.dataset.ready"));
    }

    /** Leaves the page: it asks no server anything any more. */
    @Override
    public void close() {
        driver.get("about:blank");
    }
}
