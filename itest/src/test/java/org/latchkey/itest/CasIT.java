package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apereo.cas.client.validation.Assertion;
import org.apereo.cas.client.validation.Cas10TicketValidator;
import org.apereo.cas.client.validation.Cas20ServiceTicketValidator;
import org.apereo.cas.client.validation.Cas30ServiceTicketValidator;
import org.apereo.cas.client.validation.Saml11TicketValidator;
import org.apereo.cas.client.validation.TicketValidationException;
import org.apereo.cas.client.validation.json.Cas30JsonServiceTicketValidator;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Row 88, C1 to C51 and I1 to I21: the CAS server with the Java CAS client, from outside. */
public class CasIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String WIKI = "https://wiki.example.org/start";
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
    private final String prefix = base + "/cas/";
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

    private Assertion validate(String ticket, String service) throws TicketValidationException {
        return new Cas30ServiceTicketValidator(prefix).validate(ticket, service);
    }

    @Test
    public void row88_row64_I1_theJavaClientsValidatorsAcceptTickets() throws Exception {
        String first = browser.ticket(PORTAL, ada, SECRET);
        assertThat(first).matches("ST-[A-Za-z0-9-]{20,29}");
        Assertion assertion = validate(first, PORTAL);
        assertThat(assertion.getPrincipal().getName()).isEqualTo(ada);
        assertThat(assertion.getPrincipal().getAttributes())
                .containsEntry("display_name", "Ada <L> & Co")
                .containsEntry("isFromNewLogin", "true");
        assertThat(new Cas20ServiceTicketValidator(prefix)
                        .validate(browser.ticket(PORTAL), PORTAL)
                        .getPrincipal()
                        .getName())
                .isEqualTo(ada);
        assertThat(new Cas10TicketValidator(prefix)
                        .validate(browser.ticket(PORTAL), PORTAL)
                        .getPrincipal()
                        .getName())
                .isEqualTo(ada);
        assertThat(new Cas30JsonServiceTicketValidator(prefix)
                        .validate(browser.ticket(PORTAL), PORTAL)
                        .getPrincipal()
                        .getAttributes())
                .containsEntry("display_name", "Ada <L> & Co");
        Saml11TicketValidator saml = new Saml11TicketValidator(base + "/cas");
        assertThat(saml.validate(browser.ticket(PORTAL), PORTAL).getPrincipal().getName())
                .isEqualTo(ada);
    }

    @Test
    public void C_01_C29_row43_aTicketOfAnotherServiceIsRefusedAndDead() {
        String ticket = browser.ticket(PORTAL, ada, SECRET);
        assertThatThrownBy(() -> validate(ticket, WIKI)).isInstanceOf(TicketValidationException.class);
        String wrong = browser.get(
                        "/cas/p3/serviceValidate?service=" + encoded(WIKI) + "&ticket=" + browser.ticket(PORTAL))
                .html();
        assertThat(wrong).contains("code=\"INVALID_SERVICE\"");
        assertThatThrownBy(() -> validate(ticket, PORTAL)).isInstanceOf(TicketValidationException.class);
    }

    /** A parameter inside a path could be read in two ways: it is refused, in one way everywhere. */
    @Test
    public void C_20_aSlashAtTheEndMakesNoDifferenceAndAPathParameterIsRefused() {
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        for (String endpoint : List.of("validate", "serviceValidate", "p3/serviceValidate", "p3/proxyValidate")) {
            String ticket = browser.ticket(PORTAL);
            String query = "?service=" + encoded(PORTAL) + "&ticket=" + ticket;
            assertThat(browser.get("/cas/" + endpoint + ";jsessionid=1" + query).status())
                    .as(endpoint)
                    .isEqualTo(400);
            assertThat(browser.get("/cas/" + endpoint + "/" + query).html())
                    .as(endpoint)
                    .contains(ada);
        }
        assertThat(browser.get("/cas/login;jsessionid=1").status()).isEqualTo(400);
        assertThat(browser.get("/cas/login/").status()).isEqualTo(200);
    }

    @Test
    public void C_02_C38_row42_aTicketIsGoodForOneAttempt() throws Exception {
        String ticket = browser.ticket(PORTAL, ada, SECRET);
        validate(ticket, PORTAL);
        Page again = browser.get("/cas/serviceValidate?service=" + encoded(PORTAL) + "&ticket=" + ticket);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.html()).contains("code=\"INVALID_TICKET\"");
    }

    @Test
    public void C_03_ofFiftyValidationsAtOnceOneSucceeds() throws Exception {
        String ticket = browser.ticket(PORTAL, ada, SECRET);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<String> answers = clients
                    .invokeAll(IntStream.range(0, 50)
                            .<java.util.concurrent.Callable<String>>mapToObj(i -> () -> server.http()
                                    .get("/cas/serviceValidate?service=" + encoded(PORTAL) + "&ticket=" + ticket)
                                    .body())
                            .toList())
                    .stream()
                    .map(CasIT::done)
                    .toList();
            assertThat(answers)
                    .filteredOn(answer -> answer.contains("authenticationSuccess"))
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.contains("INVALID_TICKET"))
                    .hasSize(49);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    public void fiftyTicketsTakenAtOnceFromOneSessionAreAllGood() throws Exception {
        browser.signIn("/cas/login", ada, SECRET, Map.of());
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<String> tickets = clients
                    .invokeAll(IntStream.range(0, 50)
                            .<java.util.concurrent.Callable<String>>mapToObj(i -> () -> browser.ticket(PORTAL))
                            .toList())
                    .stream()
                    .map(CasIT::done)
                    .toList();
            assertThat(tickets).doesNotHaveDuplicates().hasSize(50);
            for (String ticket : tickets) {
                assertThat(validate(ticket, PORTAL).getPrincipal().getName()).isEqualTo(ada);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static String done(java.util.concurrent.Future<String> answer) {
        try {
            return answer.get();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    public void C6_C27_C_06_renewAsksAgainAndValidationSeesIt() throws Exception {
        browser.ticket(PORTAL, ada, SECRET);
        Page form = browser.get("/cas/login?renew=true&service=" + encoded(PORTAL));
        assertThat(form.status()).isEqualTo(200);
        String fresh = browser.submit(form, ada, SECRET, Map.of()).redirectParameter("ticket");
        Cas30ServiceTicketValidator strict = new Cas30ServiceTicketValidator(prefix);
        strict.setRenew(true);
        assertThat(strict.validate(fresh, PORTAL).getPrincipal().getName()).isEqualTo(ada);
        String old = browser.ticket(PORTAL);
        assertThatThrownBy(() -> strict.validate(old, PORTAL)).isInstanceOf(TicketValidationException.class);
    }

    @Test
    public void row45_C46_aTicketDiesWithTheSession() {
        String ticket = browser.ticket(PORTAL, ada, SECRET);
        browser.get("/cas/logout");
        assertThatThrownBy(() -> validate(ticket, PORTAL)).isInstanceOf(TicketValidationException.class);
    }

    @Test
    public void C23_C24_C26_C28_I21_C_09_C_14_malformedRequests() {
        assertThat(browser.get("/cas/validate?service=x").html()).isEqualTo("no\n");
        assertThat(browser.get("/cas/serviceValidate").html()).contains("code=\"INVALID_REQUEST\"");
        assertThat(browser.get("/cas/serviceValidate?service=a&service=b&ticket=ST-1")
                        .html())
                .contains("code=\"INVALID_REQUEST\"");
        assertThat(browser.get("/cas/serviceValidate?service=&ticket=ST-1").html())
                .contains("code=\"INVALID_REQUEST\"");
        assertThat(browser.get("/cas/serviceValidate?service=a&ticket=ST-1&format=YAML")
                        .html())
                .contains("code=\"INVALID_REQUEST\"");
        assertThat(browser.get("/cas/serviceValidate/?service=a&ticket=ST-1&format=json")
                        .html())
                .contains("\"authenticationFailure\"", "\"INVALID_TICKET\"");
    }

    @Test
    public void C_04_whatIsSentIsNeverEchoed() {
        String evil = encoded("<x/></cas:authenticationFailure><cas:authenticationSuccess><cas:user>admin");
        assertThat(browser.get("/cas/serviceValidate?service=" + evil + "&ticket=" + evil)
                        .html())
                .doesNotContain("admin");
    }

    @Test
    public void row57_aServiceIsToldWhatItMayKnow() throws Exception {
        String ticket = browser.ticket(WIKI, ada, SECRET);
        assertThat(validate(ticket, WIKI).getPrincipal().getAttributes()).doesNotContainKey("display_name");
    }
}
