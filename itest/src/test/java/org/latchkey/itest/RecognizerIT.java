package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Row 87, C12: a plugin recognizes people by their request alone, as a proxy in front would tell it who they are. */
public class RecognizerIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String PLUGIN = "org.example.recognizer";

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "attributes=[\"*\"]")
            .withEtc("latchkey.signin", "recognized=\"confirm\"");

    private final String base = "http://127.0.0.1:" + server.port();
    private final Http root = server.root();
    private final Browser browser = new Browser(base);
    private Path deployed;

    @BeforeClass
    public static void deployCas() {
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
        for (String id : new String[] {"ada", "bob"}) {
            assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Before
    public void deploy() throws IOException {
        deployed = server.deploy(header().build(), PLUGIN + ".jar");
        await(30, () -> root.serves(PLUGIN));
        set("confirm", "form");
    }

    @After
    public void remove() {
        root.send("POST", "/api/v1/entities/ada/unlock");
        if (Files.exists(deployed)) {
            server.undeploy(deployed);
            await(30, () -> !root.serves(PLUGIN));
        }
    }

    /** Believes a header of a proxy on this host, as an operator would have it do. */
    private static PluginJar header() {
        return PluginJar.named(PLUGIN).source("Header", """
                @Component
                public final class Header implements Recognizer {
                    public Optional<Principal> recognize(Request request) {
                        String who = request.header("X-Remote-User").orElse("");
                        if (who.equals("expired")) {
                            throw new Refusal("expired", "Your certificate <has> expired.");
                        }
                        if (who.equals("broken")) {
                            throw new IllegalStateException("the password is hunter2");
                        }
                        return who.isEmpty() || !request.address().equals("127.0.0.1")
                                ? Optional.empty()
                                : Optional.of(new Principal(who, "", Set.of("guests"), Set.of()));
                    }
                }
                """);
    }

    /** Sets what becomes of the recognized and waits until it holds, as a browser of its own sees it. */
    private void set(String recognized, String renew) throws IOException {
        Path file = server.etc().resolve("latchkey.signin.config");
        Files.writeString(file, "recognized=\"" + recognized + "\"\nrenew=\"" + renew + "\"\n");
        String asked = "id=\"recognized-form\"";
        await(30, () -> as(new Browser(base), "bob", "/login").html().contains(asked) == recognized.equals("confirm"));
        String again = "/cas/login?renew=true";
        await(30, () -> as(new Browser(base), "bob", again).html().contains(asked) == renew.equals("confirm"));
    }

    private Page as(Browser one, String who, String path) {
        return one.send(HttpRequest.newBuilder(URI.create(base + path)).header("X-Remote-User", who));
    }

    private Page confirm(Page page, String who, String name) {
        Map<String, String> form = new LinkedHashMap<>(page.hidden());
        form.put("recognized", name);
        String body = String.join(
                "&",
                form.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .toList());
        return browser.send(HttpRequest.newBuilder(URI.create(base + "/cas/login"))
                .header("X-Remote-User", who)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String login(String more) {
        return "/cas/login?service=" + encoded(PORTAL) + more;
    }

    private String validated(String ticket, String more) {
        return browser.get("/cas/p3/serviceValidate?service=" + encoded(PORTAL) + "&ticket=" + ticket + more)
                .html();
    }

    @Test
    public void C12_row87_transparentSignsInWithoutAFormAtEveryProtocol() throws IOException {
        set("transparent", "form");
        Page in = as(browser, "ada", login(""));
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.location()).startsWith(PORTAL + "?ticket=ST-");
        assertThat(validated(in.redirectParameter("ticket"), "")).contains("<cas:user>ada</cas:user>");
        assertThat(browser.get("/login").html())
                .as("the session is everybody's")
                .contains("ada");
        Browser another = new Browser(base);
        assertThat(as(another, "ada", "/login").html()).contains("<strong id=\"user\">ada</strong>");
        assertThat(another.ticket(PORTAL)).startsWith("ST-");
        assertThat(as(new Browser(base), "visitor", login("")).redirectParameter("ticket"))
                .as("somebody the directory does not have")
                .startsWith("ST-");
    }

    @Test
    public void C12_row87_confirmAsksFirstWithATokenForOnePost() {
        Page asked = as(browser, "ada", login(""));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.html())
                .contains("<strong id=\"user\">ada</strong>", "id=\"continue\"", "id=\"password\"")
                .doesNotContain("ST-");
        assertThat(browser.cookies().getCookieStore().getCookies())
                .noneMatch(cookie -> cookie.getName().startsWith("TGC-"));
        assertThat(confirm(asked, "ada", "ada").location()).startsWith(PORTAL + "?ticket=ST-");
        assertThat(confirm(asked, "ada", "ada").status()).as("a second time").isEqualTo(403);
    }

    @Test
    public void row87_aYesCountsOnlyForWhoIsRecognizedThen() {
        assertThat(confirm(as(browser, "ada", login("")), "bob", "ada").status())
                .isEqualTo(403);
        assertThat(confirm(as(browser, "ada", login("")), "", "ada").status()).isEqualTo(403);
        Page stranger = confirm(browser.get(login("")), "", "root");
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(browser.cookies().getCookieStore().getCookies())
                .noneMatch(cookie -> cookie.getName().startsWith("TGC-"));
    }

    @Test
    public void C12_row87_theReasonIsShownAndTheFormIsTheOtherWay() {
        Page refused = as(browser, "expired", login(""));
        assertThat(refused.html())
                .contains("Your certificate &lt;has&gt; expired.", "id=\"password\"")
                .doesNotContain("id=\"recognized-form\"");
        assertThat(browser.submit(refused, "ada", SECRET, Map.of()).location()).startsWith(PORTAL + "?ticket=ST-");
    }

    @Test
    public void row87_aBrokenOneLeadsToTheForm() {
        Page form = as(browser, "broken", login(""));
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.html()).contains("id=\"password\"").doesNotContain("hunter2");
        assertThat(browser.submit(form, "ada", SECRET, Map.of()).location()).startsWith(PORTAL + "?ticket=ST-");
    }

    @Test
    public void row87_aLockedOneIsNotSignedInNorRoot() throws IOException {
        set("transparent", "form");
        root.send("POST", "/api/v1/entities/ada/lock");
        Page locked = as(browser, "ada", login(""));
        assertThat(locked.status()).isEqualTo(403);
        assertThat(locked.location()).isEmpty();
        assertThat(locked.html()).contains("id=\"password\"");
        assertThat(as(browser, "ada", login("&gateway=true")).location()).isEqualTo(PORTAL);
        assertThat(as(browser, "root", login("")).location()).isEmpty();
    }

    @Test
    public void C6_row87_renewIsNeverMetInSilence() throws IOException {
        set("transparent", "form");
        Page form = as(browser, "ada", login("&renew=true"));
        assertThat(form.html()).contains("id=\"password\"").doesNotContain("id=\"recognized-form\"");
        String silent = as(browser, "ada", login("")).redirectParameter("ticket");
        assertThat(validated(silent, "&renew=true")).contains("INVALID_TICKET");
        set("transparent", "confirm");
        Page asked = as(browser, "ada", login("&renew=true"));
        assertThat(asked.html()).contains("id=\"recognized-form\"");
        String said = confirm(asked, "ada", "ada").redirectParameter("ticket");
        assertThat(validated(said, "&renew=true")).contains("<cas:user>ada</cas:user>");
    }

    @Test
    public void C8_C9_row87_aGatewayTakesRecognitionWithoutAQuestionAlone() throws IOException {
        assertThat(as(browser, "ada", login("&gateway=true")).location()).isEqualTo(PORTAL);
        set("transparent", "form");
        assertThat(as(browser, "ada", login("&gateway=true")).location()).startsWith(PORTAL + "?ticket=ST-");
        assertThat(new Browser(base).get(login("&gateway=true")).location()).isEqualTo(PORTAL);
    }

    @Test
    public void row87_everySignInIsANewSession() throws IOException {
        set("transparent", "form");
        as(browser, "ada", "/login");
        String first = session();
        browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("TGC-latchkey"))
                .forEach(cookie -> cookie.setValue("0".repeat(64)));
        as(browser, "ada", "/login");
        assertThat(session()).isNotEqualTo(first).isNotEqualTo("0".repeat(64));
    }

    private String session() {
        return browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("TGC-latchkey"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    public void row87_whoRunsIsShownExplainedAndRecorded() throws IOException {
        assertThat(root.get("/api/v1/hooks").body()).contains("\"Recognizer\"", PLUGIN);
        assertThat(root.post("/api/v1/explain", Map.of("operation", "authentication", "id", "ada"))
                        .body())
                .contains("\"place\":\"Recognizer\"", PLUGIN);
        set("transparent", "form");
        Page in = as(browser, "ada", "/login");
        String id = in.response().headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(root.get("/api/v1/audit?request_id=" + id).body())
                .contains("\"recognition\"", "\"accepted\"", "\"admission\"", "\"ada\"");
    }

    @Test
    public void row87_goneItRecognizesNobody() throws IOException {
        set("transparent", "form");
        server.undeploy(deployed);
        await(30, () -> !root.serves(PLUGIN));
        Page form = as(browser, "ada", login(""));
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.html()).contains("id=\"password\"");
    }

    /** The class in the documentation is compiled and run as it stands. */
    @Test
    public void row87_theRecognizerOfTheDocumentationWorks() throws IOException {
        String page = Files.readString(Path.of("../bundles/web/docs/recognizers.md"));
        Matcher code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(code.find()).isTrue();
        server.undeploy(deployed);
        await(30, () -> !root.serves(PLUGIN));
        deployed = server.deploy(
                PluginJar.named(PLUGIN)
                        .version("3.0.0")
                        .source("ProxyHeader", code.group(1))
                        .build(),
                PLUGIN + ".jar");
        await(30, () -> root.serves(PLUGIN));
        assertThat(as(browser, "ada", login("")).html()).contains("<strong id=\"user\">ada</strong>");
    }

    /** As one for Kerberos would do it. */
    @Test
    public void row87_whatItAsksBrowsersForComesWithTheForm() {
        server.undeploy(deployed);
        await(30, () -> !root.serves(PLUGIN));
        deployed = server.deploy(
                PluginJar.named(PLUGIN)
                        .version("2.0.0")
                        .source("Negotiate", """
                        @Component(property = Recognizer.CHALLENGE + "=Negotiate")
                        public final class Negotiate implements Recognizer {
                            public Optional<Principal> recognize(Request request) {
                                return request.header("Authorization").filter("Negotiate YWRh"::equals)
                                        .map(any -> new Principal("ada", "", Set.of(), Set.of()));
                            }
                        }
                        """)
                        .build(),
                PLUGIN + ".jar");
        await(30, () -> root.serves(PLUGIN));
        Page form = browser.get(login(""));
        assertThat(form.status()).isEqualTo(401);
        assertThat(form.response().headers().allValues("WWW-Authenticate")).containsExactly("Negotiate");
        assertThat(form.html()).contains("id=\"password\"").doesNotContain("id=\"error\"");
        Page asked = browser.send(
                HttpRequest.newBuilder(URI.create(base + login(""))).header("Authorization", "Negotiate YWRh"));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.html()).contains("<strong id=\"user\">ada</strong>");
    }
}
