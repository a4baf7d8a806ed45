package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.LogoutClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.server.Chromium;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Signing out with a real browser, headless Chromium: the frames, the scripts and what policies let them do. */
public class OAuthLogoutBrowserIT {

    private static final String SECRET = "correct horse battery";
    private static final int APP_PORT = Ports.free();
    private static final String APP = "http://127.0.0.1:" + APP_PORT;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ClassRule
    public static final Server server = new Server();

    private static final List<String> framed = new CopyOnWriteArrayList<>();
    private static HttpServer app;
    private static Chromium browser;
    private static ChromeDriver chrome;

    private final String issuer = "http://127.0.0.1:" + server.port() + "/oidc";
    private final Party party = new Party(issuer, "app", Optional.of(LogoutClients.SECRET), APP + "/cb");

    @BeforeClass
    public static void start() throws IOException {
        browser = new Chromium();
        chrome = browser.driver();
        app = HttpServer.create(new InetSocketAddress("127.0.0.1", APP_PORT), 0);
        app.createContext("/", OAuthLogoutBrowserIT::answer);
        app.start();
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new LogoutClients()
                .with(
                        "app",
                        Map.of(
                                "redirect_uris", "List.of(\"" + APP + "/cb\")",
                                "post_logout_redirect_uris", "List.of(\"" + APP + "/bye\")",
                                "frontchannel_logout_uri", "\"" + APP + "/out\"",
                                "frontchannel_logout_session_required", "true"))
                .jar("org.example.clients"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth") && root.serves("org.example.clients"));
        root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET));
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

    /** The application: its page asks the server's frame once whether the session has changed. */
    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/out")) {
            framed.add(exchange.getRequestURI().getRawQuery());
        }
        String frame = "http://127.0.0.1:" + server.port() + "/oidc/check-session";
        String script = """
                <iframe id="op" src="%s" onload="ask()"></iframe>
                <script>
                var state = new URLSearchParams(location.search).get("session_state");
                function ask() { document.getElementById("op").contentWindow.postMessage("app " + state, "*"); }
                addEventListener("message", function (event) {
                  var p = document.createElement("p");
                  p.id = "word";
                  p.textContent = event.data;
                  document.body.appendChild(p);
                });
                </script>""".formatted(frame);
        byte[] page = ("<!DOCTYPE html><title>app</title><p id=path>" + path + "</p>"
                        + (path.equals("/cb") ? script : ""))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    @Before
    public void forget() {
        chrome.get(APP + "/");
        chrome.manage().deleteAllCookies();
        framed.clear();
    }

    private static String shown(String id) {
        return new WebDriverWait(chrome, PATIENCE)
                .until(ExpectedConditions.visibilityOfElementLocated(By.id(id)))
                .getText();
    }

    private static void isAt(String path) {
        new WebDriverWait(chrome, PATIENCE).until(ExpectedConditions.urlContains(APP + path));
    }

    /** Signs in and gives the address that the application was called back at. */
    private String signIn() {
        chrome.get("http://127.0.0.1:" + server.port() + party.request(Map.of()));
        chrome.findElement(By.id("username")).sendKeys("ada");
        chrome.findElement(By.id("password")).sendKeys(SECRET);
        chrome.findElement(By.id("login")).click();
        isAt("/cb");
        return chrome.getCurrentUrl();
    }

    private String idToken(String callback) {
        String query = URI.create(callback).getRawQuery();
        String code = query.replaceAll("(?:.*&)?code=([^&]*).*", "$1");
        return party.redeem(code, Map.of()).text("id_token");
    }

    @Test
    public void oidcc_session_management_rp_initiated_logout() {
        String callback = signIn();
        assertThat(shown("word")).isEqualTo("unchanged");
        chrome.get(callback.replaceAll("session_state=[0-9a-f]{8}", "session_state=00000000"));
        assertThat(shown("word")).isEqualTo("changed");
        chrome.get(callback.replaceAll("session_state=[^&]*", "session_state=x"));
        assertThat(shown("word")).isEqualTo("error");
        chrome.get(issuer + "/end-session");
        chrome.findElement(By.id("logout-confirm")).click();
        new WebDriverWait(chrome, PATIENCE).until(ExpectedConditions.numberOfElementsToBe(By.id("logout-confirm"), 0));
        chrome.get(callback);
        assertThat(shown("word")).isEqualTo("changed");
    }

    @Test
    public void oidcc_frontchannel_rp_initiated_logout() {
        String hint = idToken(signIn());
        chrome.get(issuer + "/end-session?id_token_hint=" + hint + "&post_logout_redirect_uri=" + encoded(APP + "/bye")
                + "&state=s");
        isAt("/bye?state=s");
        assertThat(shown("path")).isEqualTo("/bye");
        assertThat(framed)
                .containsExactly("iss=" + encoded(issuer) + "&sid="
                        + Party.claims(hint).path("sid").asText());
    }

    @Test
    public void aFormThatAsksGoesBackToTheApplication() {
        signIn();
        chrome.get(issuer + "/end-session?client_id=app&post_logout_redirect_uri=" + encoded(APP + "/bye"));
        assertThat(shown("user")).isEqualTo("ada");
        chrome.findElement(By.id("logout-confirm")).click();
        isAt("/bye");
        assertThat(framed).hasSize(1);
    }
}
