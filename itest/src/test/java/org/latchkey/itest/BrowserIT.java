package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Chromium;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Signing in with a real browser, headless Chromium: what only a browser enforces, and how the pages look. */
public class BrowserIT {

    private static final String SECRET = "correct horse battery";
    private static final int APP_PORT = Ports.free();
    private static final String APP = "http://localhost:" + APP_PORT + "/app";
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.cas.service-app", "url=\"" + APP + "\"", "attributes=[\"*\"]");

    private static HttpServer app;
    private static Chromium browser;
    private static ChromeDriver chrome;

    @BeforeClass
    public static void start() throws IOException {
        browser = new Chromium();
        chrome = browser.driver();
        app = HttpServer.create(new InetSocketAddress("127.0.0.1", APP_PORT), 0);
        app.createContext("/app", exchange -> {
            String posted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] page = ("<!DOCTYPE html><title>app</title><p id=got>" + exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getQuery() + " " + posted + "</p>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        app.start();
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.cas"));
        root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET));
        Files.createDirectories(SHOTS);
    }

    @AfterClass
    public static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (app != null) {
            app.stop(0);
        }
    }

    private static String at(String path) {
        return "http://localhost:" + server.port() + path;
    }

    private static void signIn(String secret) {
        chrome.findElement(By.id("username")).clear();
        chrome.findElement(By.id("username")).sendKeys("ada");
        chrome.findElement(By.id("password")).sendKeys(secret);
        chrome.findElement(By.id("login")).click();
    }

    private static void shoot(String name) throws IOException {
        Files.write(SHOTS.resolve(name + ".png"), chrome.getScreenshotAs(OutputType.BYTES));
    }

    /** The text of an element, once it is there: a page that was sent for is not there at once. */
    private static String shown(String id) {
        return new WebDriverWait(chrome, PATIENCE)
                .until(ExpectedConditions.visibilityOfElementLocated(By.id(id)))
                .getText();
    }

    private static String got() {
        return shown("got");
    }

    private static void forget() {
        chrome.get(at("/login"));
        chrome.manage().deleteAllCookies();
    }

    @Test
    public void aPersonSignsInToAnApplication() throws IOException {
        forget();
        chrome.get(at("/cas/login?service=" + encoded(APP)));
        assertThat(chrome.getTitle()).isEqualTo("Sign in");
        shoot("login");
        chrome.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        shoot("login-dark");
        chrome.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        signIn("wrong");
        assertThat(shown("error")).contains("wrong");
        shoot("login-wrong");
        signIn(SECRET);
        assertThat(got()).matches("GET ticket=ST-[A-Za-z0-9-]+ ?");
    }

    @Test
    public void theStyleSheetAppliesAndTheKeyboardSuffices() {
        forget();
        chrome.get(at("/login"));
        assertThat(chrome.findElement(By.id("login")).getCssValue("cursor")).isEqualTo("pointer");
        assertThat(chrome.switchTo().activeElement().getDomProperty("id")).isEqualTo("username");
        chrome.switchTo().activeElement().sendKeys("ada\t" + SECRET + "\n");
        assertThat(shown("user")).isEqualTo("ada");
    }

    @Test
    public void C10_methodPostSubmitsItself() {
        forget();
        chrome.get(at("/cas/login?method=POST&service=" + encoded(APP)));
        signIn(SECRET);
        assertThat(got()).matches("POST null ticket=ST-[A-Za-z0-9-]+");
    }

    @Test
    public void L_20_aThemeReplacedInMidLogin() throws IOException {
        forget();
        Http root = server.root();
        chrome.get(at("/cas/login?service=" + encoded(APP)));
        Path jar = PluginJar.named("org.example.theme")
                .source(
                        "Plain",
                        "@Component public class Plain implements Theme {"
                                + " public Optional<String> template(String page) { return page.equals(\"login\")"
                                + " ? Optional.of(\"{{>head}}<h1>Plain</h1>{{>message}}<form method='post'"
                                + " action='{{action}}'>{{>hidden}}<input id='username' name='username'>"
                                + "<input id='password' name='password' type='password'>"
                                + "<button id='login'>in</button></form>{{>foot}}\") : Optional.empty(); } }")
                .build();
        Path deployed = server.deploy(jar, "theme.jar");
        await(60, () -> root.serves("org.example.theme"));
        try {
            signIn("wrong");
            assertThat(shown("error")).contains("wrong");
            assertThat(chrome.findElement(By.tagName("h1")).getText()).isEqualTo("Plain");
            shoot("login-theme");
            server.undeploy(deployed);
            await(60, () -> !root.serves("org.example.theme"));
            signIn(SECRET);
            assertThat(got()).contains("ticket=ST-");
        } finally {
            Files.deleteIfExists(deployed);
        }
    }
}
