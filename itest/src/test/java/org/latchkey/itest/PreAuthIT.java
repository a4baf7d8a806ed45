package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.util.Map;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/**
 * Row 55: what {@code preAuth} of jscas is for, an {@code Authenticator} of a high rank does. It gets what was typed before
 * anybody judges it; that it rejects or throws is written down and vetoes nothing; what it accepts is settled. A veto is
 * {@code DirectoryHook.preAuthCheck}.
 */
public class PreAuthIT {

    private static final String SECRET = "correct horse battery";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String FIRST = "org.example.first";
    private static final String VETO = "org.example.veto";

    @ClassRule
    public static final Server server = new Server().withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"");

    private final Http root = server.root();

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.cas"));
        server.deploy(PluginJar.named(FIRST).source("First", """
                        @Component(property = "service.ranking:Integer=1000")
                        public final class First implements Authenticator {
                            public Verdict authenticate(Attempt attempt) {
                                boolean isRight = attempt.secret().orElseThrow().length() == 21;
                                System.out.println("FIRST SAW " + attempt.id() + " " + isRight);
                                return switch (attempt.id()) {
                                    case "thrown" -> throw new IllegalStateException("broken");
                                    case "refused" -> throw new Refusal("no", "No.");
                                    case "guest" -> new Verdict.Accepted(
                                            new Principal("guest", "", Set.of(), Set.of()));
                                    default -> new Verdict.Rejected("by the first");
                                };
                            }
                        }
                        """).build());
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas") && root.serves(FIRST));
        for (String id : new String[] {"rejected", "thrown", "refused"}) {
            assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET))
                            .status())
                    .isEqualTo(201);
        }
    }

    private Page signIn(String id, String secret) {
        return new Browser("http://127.0.0.1:" + server.port())
                .signIn("/cas/login?service=" + encoded(PORTAL), id, secret, Map.of());
    }

    @Test
    public void row55_preAuthSeesFirstCannotVetoByRejectingAndMaySettleIt() {
        for (String id : new String[] {"rejected", "thrown", "refused"}) {
            Page in = signIn(id, SECRET);
            assertThat(in.location()).as(id).startsWith(PORTAL + "?ticket=ST-");
            assertThat(server.output()).contains("FIRST SAW " + id + " true");
            assertThat(signIn(id, "wrong").status()).as(id).isEqualTo(401);
            assertThat(receipt(in))
                    .as("who was asked, in order")
                    .containsSubsequence("\"extension\":\"" + FIRST, "\"extension\":\"org.latchkey.directory");
        }
        Page guest = signIn("guest", "anything");
        assertThat(guest.location()).startsWith(PORTAL + "?ticket=ST-");
        assertThat(receipt(guest)).contains("\"accepted\"").doesNotContain("org.latchkey.directory");
    }

    @Test
    public void row55_aHookMayVeto() {
        var veto = server.deploy(PluginJar.named(VETO).source("Veto", """
                @Component
                public final class Veto implements DirectoryHook {
                    public Entity preAuthCheck(Entity entity, Attempt attempt) {
                        throw new Refusal("veto", "Not today.");
                    }
                }
                """).build());
        await(30, () -> root.serves(VETO));
        assertThat(signIn("rejected", SECRET).status()).isEqualTo(401);
        server.undeploy(veto);
        await(30, () -> !root.serves(VETO));
        assertThat(signIn("rejected", SECRET).location()).startsWith(PORTAL);
    }

    private String receipt(Page page) {
        String id = page.response().headers().firstValue("X-Request-Id").orElseThrow();
        String entries = root.get("/api/v1/audit?request_id=" + id).body();
        return entries.substring(entries.indexOf("\"sign-in\""));
    }
}
