package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Row 15 and L-20: while people sign in and tickets are validated, what takes part in that is replaced. */
public class CasLiveIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String TICKETS = "org.latchkey.tickets.sql";
    private static final String CAS = "org.latchkey.cas";
    private static final int VISITORS = 4;
    private static final int ROUNDS = 3;

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "attributes=[\"*\"]");

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger validations = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Http root = server.root();

    @BeforeClass
    public static void deploy() {
        Http root = server.root();
        for (int i = 0; i < VISITORS; i++) {
            assertThat(root.post("/api/v1/entities", Map.of("id", "visitor" + i, "secret", SECRET))
                            .status())
                    .isEqualTo(201);
        }
        server.deploy(Server.shipped(TICKETS), TICKETS + ".jar");
        server.deploy(Server.shipped(CAS), CAS + ".jar");
        await(60, () -> root.serves(CAS) && root.serves(TICKETS));
    }

    /** Signs in, and then to a service ten times by that session; again and again. */
    private void visit(String name) {
        while (!over.get()) {
            Browser browser = new Browser("http://127.0.0.1:" + server.port());
            Page in = browser.signIn("/cas/login", name, SECRET, Map.of());
            if (in.status() != 200 || !in.html().contains(name)) {
                failures.add("login " + in.status() + " " + in.html());
                continue;
            }
            logins.incrementAndGet();
            for (int i = 0; i < 10 && !over.get(); i++) {
                validate(browser, name);
            }
        }
    }

    private void validate(Browser browser, String name) {
        Page redirect = browser.get("/cas/login?service=" + encoded(PORTAL));
        String ticket = redirect.redirectParameter("ticket");
        if (ticket.isEmpty()) {
            failures.add("ticket " + redirect.status() + " " + redirect.html());
            return;
        }
        Page answer = browser.get("/cas/p3/serviceValidate?service=" + encoded(PORTAL) + "&ticket=" + ticket);
        if (answer.html().contains("<cas:user>" + name + "</cas:user>")) {
            validations.incrementAndGet();
        } else {
            failures.add("validation " + answer.status() + " " + answer.html());
        }
    }

    private void replace(String plugin, Path jar, String version) {
        server.deploy(jar, plugin + ".jar");
        await(60, () -> root.serves(plugin) && root.version(plugin).equals(version));
    }

    private static Path theme(String version) {
        return PluginJar.named("org.example.theme")
                .version(version)
                .source(
                        "AnyTheme",
                        "@Component public class AnyTheme implements Theme {"
                                + " public Optional<String> template(String page) { return page.equals(\"login\")"
                                + " ? Optional.of(\"<form>{{>hidden}}" + version + "</form>\") : Optional.empty(); } }")
                .build();
    }

    private static Path authenticator(String version) {
        return PluginJar.named("org.example.badges")
                .version(version)
                .source(
                        "Badges",
                        "@Component public class Badges implements Authenticator {"
                                + " public Verdict authenticate(Attempt attempt) { return Verdict.NOT_MINE; } }")
                .build();
    }

    @Test
    public void row15_L_20_replacingThemeAuthenticatorAndTicketRegistryFailsNoRequest() throws Exception {
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < VISITORS; i++) {
            String name = "visitor" + i;
            Thread visitor = new Thread(() -> visit(name));
            visitor.start();
            visitors.add(visitor);
        }
        try {
            await(60, () -> validations.get() > 20);
            for (int round = 1; round <= ROUNDS; round++) {
                String version = round + ".0.0";
                replace("org.example.theme", theme(version), version);
                replace("org.example.badges", authenticator(version), version);
                replace(TICKETS, PluginJar.reversioned(Server.shipped(TICKETS), version), version);
                int before = validations.get();
                await(60, () -> validations.get() > before + 20);
            }
        } finally {
            over.set(true);
            for (Thread visitor : visitors) {
                visitor.join(60_000);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(logins.get()).isGreaterThan(VISITORS);
    }
}
