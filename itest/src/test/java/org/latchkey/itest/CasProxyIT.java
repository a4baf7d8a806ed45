package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.itest.cas.ProxyClient.trusting;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apereo.cas.client.authentication.AttributePrincipal;
import org.apereo.cas.client.validation.Cas20ProxyTicketValidator;
import org.apereo.cas.client.validation.Cas20ServiceTicketValidator;
import org.apereo.cas.client.validation.Cas30ProxyTicketValidator;
import org.apereo.cas.client.validation.InvalidProxyChainTicketValidationException;
import org.apereo.cas.client.validation.TicketValidationException;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.cas.Authority;
import org.latchkey.itest.cas.Callbacks;
import org.latchkey.itest.cas.ProxyClient;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Rows 68, 69 and 71, C33 to C36, I8 and I9: proxy tickets with the Java CAS client, from outside. */
public class CasProxyIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String MAIL = "https://mail.example.org/api";
    private static final String STORE = "https://store.example.org/data";
    private static final String STAFF = "https://staff.example.org/";
    private static final String[] PORTAL_LINES = {"url=\"" + PORTAL + "\"", "proxies=B\"true\""};
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Authority authority = new Authority();

    @ClassRule
    public static final Callbacks callbacks = new Callbacks();

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas", with())
            .withEtc("latchkey.cas.service-portal", PORTAL_LINES)
            .withEtc("latchkey.cas.service-mail", "url=\"" + MAIL + "\"", "proxies=B\"true\"")
            .withEtc("latchkey.cas.service-store", "url=\"" + STORE + "\"", "attributes=[\"*\"]")
            .withEtc("latchkey.cas.service-staff", "url=\"" + STAFF + "\"", "groups=[\"staff\"]")
            .withEtc("latchkey.cas.service-imap", "url=\"imap:mail.example.org\"");

    private static String trusted;

    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final String base = "http://127.0.0.1:" + server.port();
    private final String prefix = base + "/cas/";
    private final Browser browser = new Browser(base);
    private final ProxyClient client = new ProxyClient(browser, prefix, callbacks);
    private final String portalCallback = trusted + "/portal";
    private final String mailCallback = trusted + "/mail";

    /** The settings of the CAS server, and some more. */
    private static String[] with(String... more) {
        String[] own = {"callbackAuthorities=\"" + authority.pem() + "\"", "privateCallbackHosts=[\"localhost\"]"};
        return Stream.of(own, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @BeforeClass
    public static void deploy() {
        trusted = callbacks.listen(authority.server("trusted", "dns:localhost"));
        server.deploy(Server.shipped("org.latchkey.cas"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas"));
    }

    @Before
    public void signSomebodyIn() {
        assertThat(server.root()
                        .post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada")))
                        .status())
                .isEqualTo(201);
        browser.signIn("/cas/login", ada, SECRET, Map.of());
    }

    private AttributePrincipal atPortal() throws TicketValidationException {
        return client.proxy(new Cas20ServiceTicketValidator(prefix), portalCallback)
                .validate(browser.ticket(PORTAL), PORTAL)
                .getPrincipal();
    }

    private AttributePrincipal atMailThroughPortal() throws TicketValidationException {
        return client.proxy(trusting(new Cas20ProxyTicketValidator(prefix), portalCallback), mailCallback)
                .validate(atPortal().getProxyTicketFor(MAIL), MAIL)
                .getPrincipal();
    }

    @Test
    public void row69_I8_I11_C33_theJavaClientGetsAProxyTicketThatTheTargetAccepts() throws Exception {
        AttributePrincipal portal = atPortal();
        assertThat(callbacks.latest("pgtId")).matches("PGT-[A-Za-z0-9-]{20,60}");
        assertThat(callbacks.latest("pgtIou")).matches("PGTIOU-[A-Za-z0-9-]{20,57}");
        String ticket = portal.getProxyTicketFor(STORE);
        assertThat(ticket).matches("PT-[A-Za-z0-9-]{20,29}");
        AttributePrincipal store = trusting(new Cas30ProxyTicketValidator(prefix), portalCallback)
                .validate(ticket, STORE)
                .getPrincipal();
        assertThat(store.getName()).isEqualTo(ada);
        assertThat(store.getAttributes()).containsEntry("display_name", "Ada").containsEntry("isFromNewLogin", "false");
        assertThat(trusting(new Cas20ProxyTicketValidator(prefix), portalCallback)
                        .validate(portal.getProxyTicketFor(STORE), STORE)
                        .getPrincipal()
                        .getName())
                .as("a second ticket of the same proxy")
                .isEqualTo(ada);
        assertThat(new Cas20ProxyTicketValidator(prefix)
                        .validate(browser.ticket(STORE), STORE)
                        .getPrincipal()
                        .getName())
                .as("a service ticket at proxyValidate")
                .isEqualTo(ada);
    }

    @Test
    public void C34_C_13_I12_theChainNamesTheNewestProxyFirst() throws Exception {
        AttributePrincipal mail = atMailThroughPortal();
        assertThat(client.validate("p3/proxyValidate", STORE, mail.getProxyTicketFor(STORE)))
                .contains("<cas:proxy>" + mailCallback + "</cas:proxy><cas:proxy>" + portalCallback + "</cas:proxy>");
        assertThat(trusting(new Cas30ProxyTicketValidator(prefix), mailCallback, portalCallback)
                        .validate(mail.getProxyTicketFor(STORE), STORE)
                        .getPrincipal()
                        .getName())
                .isEqualTo(ada);
        for (String[] other : List.of(
                new String[] {portalCallback, mailCallback}, new String[] {portalCallback}, new String[] {mailCallback
                })) {
            String ticket = mail.getProxyTicketFor(STORE);
            assertThatThrownBy(() -> trusting(new Cas30ProxyTicketValidator(prefix), other)
                            .validate(ticket, STORE))
                    .as(String.join(" ", other))
                    .isInstanceOf(InvalidProxyChainTicketValidationException.class);
        }
    }

    @Test
    public void C_05_C22_C25_aProxyTicketIsNoServiceTicket() throws Exception {
        AttributePrincipal portal = atPortal();
        assertThat(client.validate("validate", MAIL, portal.getProxyTicketFor(MAIL)))
                .isEqualTo("no\n");
        for (String endpoint : List.of("serviceValidate", "p3/serviceValidate")) {
            String ticket = portal.getProxyTicketFor(MAIL);
            assertThat(client.validate(endpoint, MAIL, ticket))
                    .contains("code=\"INVALID_TICKET_SPEC\"", "proxy ticket");
            assertThat(client.validate("proxyValidate", MAIL, ticket))
                    .as("used up")
                    .contains("code=\"INVALID_TICKET\"");
        }
    }

    @Test
    public void C36_C40_aProxyTicketIsForItsTargetAndForOneAttempt() throws Exception {
        AttributePrincipal portal = atPortal();
        String ticket = portal.getProxyTicketFor(MAIL);
        assertThat(client.validate("proxyValidate", STORE, ticket)).contains("code=\"INVALID_SERVICE\"");
        assertThat(client.validate("proxyValidate", MAIL, ticket)).contains("code=\"INVALID_TICKET\"");
        String other = portal.getProxyTicketFor(MAIL);
        assertThat(client.validate("proxyValidate", MAIL, other)).contains("<cas:user>" + ada + "</cas:user>");
        assertThat(client.validate("proxyValidate", MAIL, other)).contains("code=\"INVALID_TICKET\"");
    }

    @Test
    public void C_11_C_13_whoIsNoProxyAnyMoreGetsNoProxyTicketNorDoThoseBehindIt() throws Exception {
        AttributePrincipal mail = atMailThroughPortal();
        String pgt = callbacks.latest("pgtId");
        assertThat(client.proxyAnswer(pgt, STORE)).contains("<cas:proxyTicket>");
        Etc.configure(server, "latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "proxies=B\"false\"");
        try {
            await(30, () -> client.proxyAnswer(pgt, STORE).contains("code=\"UNAUTHORIZED_SERVICE_PROXY\""));
            assertThat(mail.getProxyTicketFor(STORE)).isNull();
        } finally {
            Etc.configure(server, "latchkey.cas.service-portal", PORTAL_LINES);
            await(30, () -> client.proxyAnswer(pgt, STORE).contains("<cas:proxyTicket>"));
        }
    }

    @Test
    public void C_12_row71_whatTheSessionGrantedDiesWithIt() throws Exception {
        atMailThroughPortal();
        List<String> granted = callbacks.queries().stream()
                .skip(callbacks.queries().size() - 2)
                .map(query -> query.replaceAll(".*pgtId=([^&]*).*", "$1"))
                .toList();
        String ticket = client.proxyTicket(granted.get(0), MAIL);
        assertThat(ticket).startsWith("PT-");
        assertThat(granted)
                .allSatisfy(pgt -> assertThat(client.proxyAnswer(pgt, STORE)).contains("<cas:proxySuccess>"));
        browser.get("/cas/logout");
        assertThat(granted)
                .allSatisfy(pgt -> assertThat(client.proxyAnswer(pgt, STORE)).contains("code=\"INVALID_TICKET\""));
        assertThat(client.validate("proxyValidate", MAIL, ticket)).contains("code=\"INVALID_TICKET\"");
    }

    @Test
    public void C_12_row100_whoIsLockedIsNeitherSignedInNorActedFor() throws Exception {
        String ticket = atPortal().getProxyTicketFor(MAIL);
        String forMail = browser.ticket(MAIL);
        assertThat(server.root()
                        .send("POST", "/api/v1/entities/" + ada + "/lock")
                        .status())
                .isEqualTo(200);
        assertThat(client.proxyAnswer(callbacks.latest("pgtId"), MAIL)).contains("code=\"INVALID_TICKET\"");
        assertThat(client.validate("proxyValidate", MAIL, ticket)).contains("code=\"INVALID_TICKET\"");
        assertThat(client.validate("serviceValidate", MAIL, forMail)).contains("code=\"INVALID_TICKET\"");
    }

    @Test
    public void C_12_onlyAProxyGrantingTicketIsOne() throws Exception {
        String ticket = atPortal().getProxyTicketFor(MAIL);
        for (String no :
                List.of("PGT-" + "x".repeat(40), callbacks.latest("pgtIou"), browser.ticket(PORTAL), ticket, "TGT-1")) {
            assertThat(client.proxyAnswer(no, MAIL)).as(no).contains("<cas:proxyFailure code=\"INVALID_TICKET\">");
        }
        for (String service : List.of(MAIL, PORTAL)) {
            assertThat(client.validate("proxyValidate", service, callbacks.latest("pgtId")))
                    .as("nor is it any other ticket")
                    .contains("code=\"INVALID_TICKET\"");
        }
        assertThat(client.proxyAnswer(callbacks.latest("pgtId"), MAIL)).contains("<cas:proxySuccess>");
    }

    @Test
    public void C35_proxyRefusesWithACode() throws Exception {
        atPortal();
        String pgt = callbacks.latest("pgtId");
        assertThat(browser.get("/cas/proxy?pgt=" + pgt).html()).contains("<cas:proxyFailure code=\"INVALID_REQUEST\">");
        assertThat(browser.get("/cas/proxy?targetService=" + encoded(MAIL)).html())
                .contains("<cas:proxyFailure code=\"INVALID_REQUEST\">");
        assertThat(client.proxyAnswer(pgt, "https://evil.example/"))
                .contains("<cas:proxyFailure code=\"UNAUTHORIZED_SERVICE\">");
        assertThat(browser.get("/cas/proxy?format=JSON&pgt=" + pgt + "&targetService=" + encoded(MAIL))
                        .html())
                .contains("\"proxyTicket\"");
        assertThat(client.proxyAnswer(pgt, "imap:mail.example.org"))
                .as("a target need not be of the web")
                .contains("<cas:proxyTicket>PT-");
    }

    @Test
    public void whoIsNotInATargetsGroupsCannotBeActedForThere() throws Exception {
        atPortal();
        String pgt = callbacks.latest("pgtId");
        assertThat(client.proxyAnswer(pgt, STAFF)).contains("<cas:proxyFailure code=\"UNAUTHORIZED_SERVICE\">");
        Http root = server.root();
        root.post("/api/v1/groups", Map.of("name", "staff"));
        root.send("PUT", "/api/v1/groups/staff/members/" + ada);
        browser.submit(browser.get("/cas/login?renew=true"), ada, SECRET, Map.of());
        atPortal();
        assertThat(client.proxyAnswer(callbacks.latest("pgtId"), STAFF)).contains("<cas:proxyTicket>");
    }

    @Test
    public void C35_withoutItsRegistryTheServerSaysSo() throws Exception {
        atPortal();
        String asked = "/cas/proxy?pgt=" + callbacks.latest("pgtId") + "&targetService=" + encoded(MAIL);
        Etc.configure(server, "latchkey.cas", with("serviceRegistry=\"absent\""));
        try {
            await(30, () -> browser.get(asked).html().contains("<cas:proxyFailure code=\"INTERNAL_ERROR\">"));
        } finally {
            Etc.configure(server, "latchkey.cas", with());
            await(30, () -> browser.get(asked).html().contains("<cas:proxySuccess>"));
        }
    }
}
