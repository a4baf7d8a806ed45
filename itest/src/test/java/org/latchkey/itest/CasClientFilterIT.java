package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.latchkey.itest.cas.Applications;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Rows 60, 61, 63, 75 and 88: applications with the filters of the Java CAS client, from outside. */
public class CasClientFilterIT {

    private static final String SECRET = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** As many as a session remembers, but for one. */
    private static final int DEAD = 199;

    private static final Pattern IMAGE = Pattern.compile("<img class=\"hidden\" alt=\"\" src=\"([^\"]*)\">");

    private static final Server server = new Server();
    private static final String base = "http://127.0.0.1:" + server.port();
    private static final Applications applications = new Applications(base + "/cas")
            .with("portal")
            .with("wiki")
            .with("front")
            .withGateway("open");

    @ClassRule
    public static final RuleChain rules = RuleChain.outerRule(
                    server.withEtc("latchkey.cas.service-portal", service("portal", "back_channel"))
                            .withEtc("latchkey.cas.service-wiki", service("wiki", "back_channel"))
                            .withEtc("latchkey.cas.service-front", service("front", "front_channel"))
                            .withEtc("latchkey.cas.service-open", service("open", "none"))
                            .withEtc(
                                    "latchkey.cas.service-dead",
                                    "url=\"http://127\\\\.0\\\\.0\\\\.1:[0-9]+/dead/.*\"",
                                    "match=\"pattern\"",
                                    "logout=\"back_channel\""))
            .around(applications);

    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);

    private static String[] service(String name, String logout) {
        return new String[] {
            "url=\"" + applications.origin() + "/" + name + "/\"",
            "match=\"prefix\"",
            "logout=\"" + logout + "\"",
            "attributes=[\"display_name\"]"
        };
    }

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada & Co")))
                        .status())
                .isEqualTo(201);
    }

    private static String at(String page) {
        return applications.origin() + page;
    }

    private Page signInAt(String page) {
        Page form = browser.visit(at(page));
        assertThat(form.html()).contains("id=\"password\"");
        return browser.visit(browser.submit(form, ada, SECRET, Map.of()).location());
    }

    private static boolean asksToSignIn(Browser somebody, String page) {
        return somebody.visit(at(page)).html().contains("id=\"password\"");
    }

    @Test
    public void row88_I18_somebodySignsInOnceForEveryApplication() {
        Page page = signInAt("/portal/secret?a=b&c=%C3%A4");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).isEqualTo("portal: " + ada + ", Ada & Co");
        assertThat(page.response().uri().toString())
                .as("the client writes its session's id into the service URL")
                .matches(Pattern.quote(at("/portal/secret")) + "(;jsessionid=[^?]*)?" + Pattern.quote("?a=b&c=%C3%A4"));
        assertThat(browser.visit(at("/wiki/start")).html()).isEqualTo("wiki: " + ada + ", Ada & Co");
        assertThat(browser.visit(at("/wiki/start;jsessionid=other")).html()).startsWith("wiki: " + ada);
    }

    @Test
    public void C20_C51_I13_row60_aSignOutEndsTheSessionOfEveryApplication() {
        signInAt("/portal/secret?a=b");
        browser.visit(at("/wiki/start"));
        Browser other = new Browser(base);
        Page form = other.visit(at("/portal/"));
        other.visit(other.submit(form, ada, SECRET, Map.of()).location());
        browser.get("/cas/logout");
        await(60, () -> asksToSignIn(browser, "/portal/secret"));
        await(60, () -> asksToSignIn(browser, "/wiki/start"));
        assertThat(other.visit(at("/portal/")).html())
                .as("the same person's session at another browser")
                .startsWith("portal: " + ada);
    }

    @Test
    public void C_15_C21_row61_applicationsThatHangDelayNobody() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            browser.signIn("/cas/login", ada, SECRET, Map.of());
            for (int i = 0; i < DEAD; i++) {
                String service = "http://127.0.0.1:" + mute.getLocalPort() + "/dead/" + i;
                assertThat(browser.get("/cas/validate?service=" + encoded(service) + "&ticket="
                                        + browser.ticket(service))
                                .html())
                        .startsWith("yes\n");
            }
            assertThat(browser.visit(at("/portal/")).html()).startsWith("portal: " + ada);
            long before = System.nanoTime();
            assertThat(browser.get("/cas/logout").status()).isEqualTo(200);
            long seconds = (System.nanoTime() - before) / 1_000_000_000;
            assertThat(seconds).as("the calls alone would take minutes").isLessThan(60);
            await(120, () -> asksToSignIn(browser, "/portal/"));
        }
    }

    @Test
    public void I19_C8_C9_row75_anApplicationThatAsksNobodySeesWhoIsSignedIn() {
        Browser stranger = new Browser(base);
        assertThat(stranger.visit(at("/open/page?a=b")).html()).isEqualTo("open: nobody");
        assertThat(stranger.visit(at("/open/page?a=b")).html()).as("and again").isEqualTo("open: nobody");
        signInAt("/portal/");
        assertThat(browser.visit(at("/open/page?a=b")).html()).isEqualTo("open: " + ada + ", Ada & Co");
    }

    @Test
    public void row63_I13_theBrowserTellsTheApplicationsOfTheFrontChannel() {
        signInAt("/portal/");
        assertThat(browser.visit(at("/front/a?x=y")).html()).startsWith("front: " + ada);
        Page page = browser.get("/cas/logout?service=" + encoded(at("/portal/")));
        assertThat(page.status()).as("the page comes before the way back").isEqualTo(200);
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .hasSize(2)
                .allSatisfy(policy -> assertThat(policy)
                        .containsPattern("; img-src 'self' data: " + Pattern.quote(applications.origin()) + "(;|$)"));
        List<String> images = IMAGE.matcher(page.html())
                .results()
                .map(image -> Page.unescaped(image.group(1)))
                .toList();
        assertThat(images)
                .singleElement()
                .asString()
                .startsWith(at("/front/a?x=y&logoutRequest="))
                .doesNotContain("portal");
        assertThat(browser.visit(at("/front/a")).html())
                .as("it has not been told")
                .startsWith("front: " + ada);
        new Browser(base).visit(images.get(0));
        assertThat(asksToSignIn(browser, "/front/a")).isTrue();
    }

    @Test
    public void row63_withoutSuchApplicationsThePageLoadsNoImagesOfOthers() {
        signInAt("/portal/");
        Page page = browser.get("/cas/logout");
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .hasSize(2)
                .allSatisfy(policy -> assertThat(policy).containsPattern("; img-src 'self' data:(;|$)"));
        assertThat(page.html()).doesNotContain("<img class=\"hidden\"");
    }
}
