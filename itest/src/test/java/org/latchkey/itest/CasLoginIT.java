package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.net.HttpCookie;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** C2 to C19, C44, C45, L-01 to L-22: signing in and out at the CAS server. */
public class CasLoginIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "attributes=[\"*\"]", "order=I\"10\"")
            .withEtc("latchkey.cas.service-wiki", "url=\"https://wiki.example.org/\"", "match=\"prefix\"")
            .withEtc(
                    "latchkey.cas.service-staff",
                    "url=\"https://staff.example.org/\"",
                    "groups=[\"staff\"]",
                    "attributes=[\"display_name\"]");

    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final String base = "http://127.0.0.1:" + server.port();
    private final Browser browser = new Browser(base);

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
    }

    @Before
    public void createPerson() {
        Http root = server.root();
        assertThat(root.post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada <L> & Co")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    public void C2_C3_C11_C15_loginWithoutAServiceShowsTheFormThenWhoIsSignedIn() {
        Page form = browser.get("/cas/login");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.html()).contains("id=\"username\"", "id=\"password\"", "action=\"/cas/login\"");
        Page in = browser.submit(form, ada, SECRET, Map.of());
        assertThat(in.status()).isEqualTo(200);
        assertThat(browser.get("/cas/login").html()).contains("<strong id=\"user\">" + ada + "</strong>");
        assertThat(browser.get("/login").html()).contains(ada);
    }

    @Test
    public void C4_C5_C_08_anUnknownServiceGetsAPageAndNoRedirect() {
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        for (String service : List.of(
                "https://portal.example.org.evil.com/app",
                "https://evil.example/?https://portal.example.org/app",
                "https://portal.example.org@evil.example/app",
                "https://portal.example.org/app%00",
                "https://portal.example.org/app/../../evil",
                "javascript:alert(1)",
                "//portal.example.org/app",
                "https:\\\\portal.example.org\\app",
                "https://wiki.example.org/" + "x".repeat(7000))) {
            Page page = browser.get("/cas/login?service=" + encoded(service));
            assertThat(page.status()).as(service).isEqualTo(403);
            assertThat(page.location()).as(service).isEmpty();
            assertThat(page.html()).as(service).contains("id=\"error\"").doesNotContain("evil");
        }
    }

    @Test
    public void C7_C8_C9_C_07_gateway() {
        Page without = browser.get("/cas/login?gateway=true&service=" + encoded(PORTAL + "?a=b"));
        assertThat(without.status()).isEqualTo(303);
        assertThat(without.location()).isEqualTo(PORTAL + "?a=b");
        assertThat(browser.get("/cas/login?gateway=true").html()).contains("id=\"password\"");
        assertThat(browser.get("/cas/login?gateway=true&renew=true&service=" + encoded(PORTAL))
                        .html())
                .contains("id=\"password\"");
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        assertThat(browser.get("/cas/login?gateway=true&service=" + encoded(PORTAL + "?a=b"))
                        .location())
                .startsWith(PORTAL + "?a=b&ticket=ST-");
    }

    @Test
    public void C10_row77_C_19_methodPostAndHeader() {
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        Page post = browser.get("/cas/login?method=POST&service=" + encoded(PORTAL));
        assertThat(post.html()).contains("action=\"" + PORTAL.replace("/", "/") + "\"", "name=\"ticket\" value=\"ST-");
        assertThat(post.response().headers().allValues("Content-Security-Policy"))
                .anySatisfy(policy -> assertThat(policy).contains("form-action 'self' https://portal.example.org"));
        Page header = browser.get("/cas/login?method=HEADER&service=" + encoded(PORTAL));
        assertThat(header.status()).isEqualTo(200);
        assertThat(header.response().headers().firstValue("ticket").orElse("")).startsWith("ST-");
        assertThat(browser.get("/cas/login?method=odd&service=" + encoded(PORTAL))
                        .status())
                .isEqualTo(303);
    }

    @Test
    public void C13_row76_whoAsksToBeWarnedIsAsked() {
        browser.signIn("/cas/login", ada, SECRET, Map.of("warn", "true"));
        Page warning = browser.get("/cas/login?service=" + encoded(PORTAL));
        assertThat(warning.status()).isEqualTo(200);
        assertThat(warning.html()).contains("id=\"continue\"").doesNotContain("ST-");
        Map<String, String> form = new java.util.LinkedHashMap<>(warning.hidden());
        form.put("confirm", "true");
        assertThat(browser.post("/cas/login", form).location()).startsWith(PORTAL + "?ticket=ST-");
        assertThat(browser.post("/cas/login", form).location()).isEmpty();
    }

    @Test
    public void C16_C50_L_01_wrongCredentialsShowTheFormAgain() {
        Page known = browser.signIn("/cas/login?service=" + encoded(PORTAL), ada, "wrong", Map.of());
        Page unknown = browser.signIn("/cas/login?service=" + encoded(PORTAL), "nobody", "wrong", Map.of());
        assertThat(known.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(known.html()).contains("role=\"alert\"", "name=\"service\" value=\"");
        assertThat(withoutSecrets(known.html(), ada)).isEqualTo(withoutSecrets(unknown.html(), "nobody"));
        assertThat(known.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(known.response().headers().firstValue("Pragma")).contains("no-cache");
    }

    private static String withoutSecrets(String html, String name) {
        return html.replaceAll("name=\"token\" value=\"[^\"]*\"", "").replace("value=\"" + name + "\"", "");
    }

    @Test
    public void L_02_row83_aForgedOrUsedFormIsRefusedAndTheServiceKept() {
        Page form = browser.get("/cas/login?service=" + encoded(PORTAL));
        Page stranger = new Browser(base).submit(form, ada, SECRET, Map.of());
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.hidden()).containsEntry("service", PORTAL);
        assertThat(browser.submit(form, ada, SECRET, Map.of("token", "")).status())
                .isEqualTo(403);
        assertThat(browser.submit(form, ada, SECRET, Map.of()).location()).startsWith(PORTAL);
        assertThat(browser.submit(form, ada, SECRET, Map.of()).status()).isEqualTo(403);
    }

    /** The form's token takes the place of the login ticket (CAS 3.0.3, 3.5): unique, and good for one attempt. */
    @Test
    public void C43_theTokenOfTheFormIsUniqueAndGoodForOneAttempt() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            tokens.add(browser.get("/cas/login").hidden().get("token"));
        }
        assertThat(tokens).hasSize(50).allMatch(token -> token.matches("[A-Za-z0-9-]{64,}"));
        Page form = browser.get("/cas/login?service=" + encoded(PORTAL));
        Page wrong = browser.submit(form, ada, "wrong", Map.of());
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(browser.submit(form, ada, SECRET, Map.of()).status())
                .as("the attempt that failed used it up")
                .isEqualTo(403);
        assertThat(wrong.hidden().get("token")).isNotEqualTo(form.hidden().get("token"));
        assertThat(browser.submit(wrong, ada, SECRET, Map.of()).location()).startsWith(PORTAL + "?ticket=ST-");
        assertThat(browser.submit(wrong, ada, SECRET, Map.of()).status())
                .as("and so did the one that succeeded")
                .isEqualTo(403);
    }

    @Test
    public void C17_C18_C19_I20_C_17_logout() {
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        assertThat(browser.get("/cas/logout?url=" + encoded("https://evil.example/"))
                        .location())
                .isEmpty();
        assertThat(browser.get("/cas/login").html()).contains("id=\"password\"");
        assertThat(browser.get("/cas/logout?service=" + encoded("https://evil.example/"))
                        .location())
                .isEmpty();
        assertThat(browser.get("/cas/logout?service=" + encoded(PORTAL)).location())
                .isEqualTo(PORTAL);
    }

    @Test
    public void whoIsNotInAServicesGroupsSeesAPage() {
        String staff = "https://staff.example.org/";
        Page refused = browser.signIn("/cas/login?service=" + encoded(staff), ada, SECRET, Map.of());
        assertThat(refused.status()).isEqualTo(403);
        Http root = server.root();
        root.post("/api/v1/groups", Map.of("name", "staff"));
        root.send("PUT", "/api/v1/groups/staff/members/" + ada);
        Page form = browser.get("/cas/login?renew=true&service=" + encoded(staff));
        assertThat(browser.submit(form, ada, SECRET, Map.of()).location()).startsWith(staff + "?ticket=ST-");
    }

    @Test
    public void C44_C45_C47_row78_C_18_theSessionsCookie() {
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        assertThat(browser.cookies().getCookieStore().getCookies())
                .filteredOn(cookie -> cookie.getName().startsWith("TGC-"))
                .singleElement()
                .satisfies(cookie -> {
                    assertThat(cookie.isHttpOnly()).isTrue();
                    assertThat(cookie.getMaxAge()).isEqualTo(-1);
                    assertThat(cookie.getValue()).matches("[A-Za-z0-9-]{43,}");
                });
        Browser another = new Browser(base);
        another.signIn("/cas/login", ada, SECRET, Map.of("rememberMe", "true"));
        assertThat(another.cookies().getCookieStore().getCookies())
                .filteredOn(cookie -> cookie.getName().startsWith("TGC-"))
                .extracting(HttpCookie::getMaxAge)
                .allSatisfy(age -> assertThat(age).isBetween(1L, 90L * 86400));
    }

    @Test
    public void L_03_aPresetCookieIsNotTakenOver() {
        Browser victim = new Browser(base);
        HttpCookie preset = new HttpCookie("TGC-latchkey", "0".repeat(64));
        preset.setPath("/");
        preset.setDomain("127.0.0.1");
        victim.cookies().getCookieStore().add(java.net.URI.create(base), preset);
        victim.signIn("/cas/login", ada, SECRET, Map.of());
        assertThat(victim.cookies().getCookieStore().getCookies())
                .filteredOn(cookie -> cookie.getName().equals("TGC-latchkey"))
                .extracting(HttpCookie::getValue)
                .doesNotContain("0".repeat(64));
    }

    @Test
    public void L_22_thePageSpeaksTheReadersLanguage() {
        Page german = browser.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(base + "/login"))
                .header("Accept-Language", "de-DE,de;q=0.9"));
        assertThat(german.html()).contains("<html lang=\"de\">", "Benutzername");
    }

    @Test
    public void L_15_theLoginPageTakesNoAddressToReturnTo() {
        Page form = browser.get("/login?return_to=//evil.example&service=https://evil.example");
        assertThat(form.html()).doesNotContain("evil");
    }

    @Test
    public void L_14_noOtherHostIsOnAnyPage() {
        Wire wire = new Wire(server.port());
        for (String path :
                List.of("/login", "/logout", "/cas/login?service=" + encoded(PORTAL), "/cas/", "/cas/logout")) {
            Wire.Answer answer =
                    wire.send("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).as(path).isPositive();
            assertThat(answer.head() + answer.body()).as(path).doesNotContain("evil.example");
        }
    }

    @Test
    public void C1_row84_theRootLeadsToTheLoginAndNothingElseIsThere() {
        Page root = browser.get("/cas/");
        assertThat(root.status()).isEqualTo(302);
        assertThat(root.location()).isEqualTo("/cas/login");
        assertThat(browser.get("/cas").status()).isEqualTo(302);
        assertThat(browser.get("/cas/Login").status()).isEqualTo(404);
        assertThat(browser.post("/cas/serviceValidate", Map.of("service", PORTAL))
                        .status())
                .isEqualTo(405);
    }
}
