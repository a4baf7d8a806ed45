package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.cas.Authority;
import org.latchkey.itest.cas.Callbacks;
import org.latchkey.itest.cas.ProxyClient;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Rows 70 and 72, C30 to C32 and I10: where proxy-granting tickets are brought to, from outside. */
public class CasCallbackIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String MAIL = "https://mail.example.org/api";
    private static final String STORE = "https://store.example.org/data";
    private static final Authority authority = new Authority();

    @ClassRule
    public static final Callbacks callbacks = new Callbacks();

    @ClassRule
    public static final Server server = new Server()
            .withEtc(
                    "latchkey.cas",
                    "callbackAuthorities=\"" + authority.pem() + "\"",
                    "privateCallbackHosts=[\"localhost\"]")
            .withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "proxies=B\"true\"")
            .withEtc("latchkey.cas.service-mail", "url=\"" + MAIL + "\"")
            .withEtc("latchkey.cas.service-store", "url=\"" + STORE + "\"");

    private static String trusted;

    private final String base = "http://127.0.0.1:" + server.port();
    private final Browser browser = new Browser(base);
    private final ProxyClient client = new ProxyClient(browser, base + "/cas/", callbacks);

    @BeforeClass
    public static void deploy() {
        trusted = callbacks.listen(authority.server("trusted", "dns:localhost"));
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET))
                        .status())
                .isEqualTo(201);
    }

    @Before
    public void signIn() {
        browser.signIn("/cas/login", "ada", SECRET, Map.of());
    }

    @Test
    public void C31_I10_theCallbacksOwnQueryIsKept() {
        String callback = trusted + "/portal?tenant=a%26b";
        assertThat(client.validateFor(callback, PORTAL))
                .contains("<cas:proxyGrantingTicket>" + callbacks.latest("pgtIou") + "</cas:proxyGrantingTicket>")
                .doesNotContain(callbacks.latest("pgtId"));
        assertThat(callbacks.queries().get(callbacks.queries().size() - 1)).startsWith("tenant=a%26b&pgtId=PGT-");
        String ticket = client.proxyTicket(callbacks.latest("pgtId"), MAIL);
        assertThat(client.validate("proxyValidate", MAIL, ticket))
                .as("C32: the proxy is who it said it was")
                .contains("<cas:proxy>" + callback.replace("&", "&amp;") + "</cas:proxy>");
    }

    @Test
    public void C_10_row70_aCallbackThatIsNotToBeTrustedIsNotCalled() {
        String port = trusted.substring(trusted.lastIndexOf(':'));
        List<String> uncalled = List.of(
                callbacks.listenPlain() + "/portal",
                callbacks.listen(authority.stranger("stranger", "dns:localhost")) + "/portal",
                callbacks.listen(authority.server("late", "dns:localhost", "-startdate", "-10d", "-validity", "5"))
                        + "/portal",
                callbacks.listen(authority.server("other", "dns:other.example.org")) + "/portal",
                "https://127.0.0.1" + port + "/portal",
                "https://localhost:" + server.port() + "/cas/login",
                "https://[::1]" + port + "/portal",
                "https://169.254.169.254/latest/meta-data",
                "https://user@localhost" + port + "/portal",
                "file:///etc/passwd",
                "portal");
        int before = callbacks.queries().size();
        for (String callback : uncalled) {
            assertThat(client.validateFor(callback, PORTAL))
                    .as(callback)
                    .contains("code=\"INVALID_PROXY_CALLBACK\"")
                    .doesNotContain("PGT", "<cas:user>", "169.254", "certificate");
        }
        assertThat(callbacks.queries()).hasSize(before);
    }

    @Test
    public void C32_C_10_aCallbackThatDoesNotTakeItLeavesNoTicket() {
        for (String path : List.of("/404", "/500", "/204", "/elsewhere", "/mute")) {
            int before = callbacks.queries().size();
            assertThat(client.validateFor(trusted + path, PORTAL))
                    .as(path)
                    .contains("code=\"INVALID_PROXY_CALLBACK\"")
                    .doesNotContain("PGTIOU");
            assertThat(callbacks.queries()).as("nothing is followed").hasSize(before + 1);
            assertThat(client.proxyAnswer(callbacks.latest("pgtId"), MAIL))
                    .as(path)
                    .contains("code=\"INVALID_TICKET\"");
        }
    }

    @Test
    public void C_10_ofAnAnswerNoMoreIsReadThanItsStatus() {
        assertThat(client.validateFor(trusted + "/endless", PORTAL)).contains("<cas:proxyGrantingTicket>PGTIOU-");
        assertThat(callbacks.poured()).isLessThan(10_000_000);
    }

    @Test
    public void C_11_row72_whoIsNoProxyGetsNoProxyGrantingTicket() {
        int before = callbacks.queries().size();
        assertThat(client.validateFor(trusted + "/store", STORE)).contains("code=\"UNAUTHORIZED_SERVICE_PROXY\"");
        assertThat(callbacks.queries()).hasSize(before);
    }
}
