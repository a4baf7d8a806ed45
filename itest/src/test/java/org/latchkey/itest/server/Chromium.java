package org.latchkey.itest.server;

import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser, headless: scripts run, policies hold. Without one on this machine the test is skipped. */
public final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    public Chromium() {
        Path browser = installed("/usr/bin/chromium", "/usr/bin/chromium-browser");
        Path program = installed("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=900,760");
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    private static Path installed(String... places) {
        List<Path> found =
                Stream.of(places).map(Path::of).filter(Files::isExecutable).toList();
        assumeTrue("no Chromium with its driver is installed here: nothing tested in a browser", !found.isEmpty());
        return found.get(0);
    }

    /** For what only a few tests do with it. */
    public ChromeDriver driver() {
        return driver;
    }

    public void open(String url) {
        driver.get(url);
    }

    public void type(String id, String text) {
        driver.findElement(By.id(id)).sendKeys(text);
    }

    /** Waits until a page has such an element. */
    public void awaitElement(String id) {
        new WebDriverWait(driver, PATIENCE).until(ExpectedConditions.visibilityOfElementLocated(By.id(id)));
    }

    public void click(String id) {
        driver.findElement(By.id(id)).click();
    }

    /** Waits until an element has this text. */
    public void awaitText(String id, String text) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(WebDriverException.class)
                .withMessage(() -> text + " in " + driver.getPageSource())
                .until(any -> driver.findElement(By.id(id)).getText().equals(text));
    }

    public String url() {
        return driver.getCurrentUrl();
    }

    /** What an expression of JavaScript gives. */
    public Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
