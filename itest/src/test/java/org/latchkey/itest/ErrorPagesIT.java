package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** Row 85: errors are pages for browsers, as the theme has them, and documents for programs. */
public class ErrorPagesIT {

    private static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String PLUGIN = "org.example.errors";

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();

    private Page ask(String path, String accept) {
        return new Browser(base)
                .send(HttpRequest.newBuilder(URI.create(base + path)).header("Accept", accept));
    }

    private static String type(Page page) {
        return page.response().headers().firstValue("Content-Type").orElse("");
    }

    @Test
    public void row85_theKindOfErrorFollowsTheClientAndTheRoute() {
        Http root = server.root();
        Path plugin = server.deploy(
                PluginJar.named(PLUGIN)
                        .source("Broken", """
                        @Component(property = Endpoint.MOUNT + "=broken")
                        public final class Broken implements Endpoint {
                            public Response handle(Request request) {
                                throw new IllegalStateException("the password is hunter2");
                            }
                        }
                        """)
                        .source("Look", """
                        @Component
                        public final class Look implements Theme {
                            public Optional<String> template(String page) {
                                return page.equals("error")
                                        ? Optional.of("{{>head}}<h1>Campus</h1><p id='error'>{{message}}</p>{{>foot}}")
                                        : Optional.empty();
                            }
                        }
                        """)
                        .build(),
                PLUGIN + ".jar");
        await(30, () -> root.serves(PLUGIN));
        for (String[] each : new String[][] {{"/no/such/page", "404"}, {"/login/x", "404"}, {"/broken", "500"}}) {
            Page page = ask(each[0], ACCEPT);
            assertThat(page.status()).as(each[0]).isEqualTo(Integer.parseInt(each[1]));
            assertThat(type(page)).as(each[0]).startsWith("text/html");
            assertThat(page.html()).as(each[0]).contains("<h1>Campus</h1>").doesNotContain("hunter2");
            assertThat(page.response().headers().firstValue("Vary")).as(each[0]).contains("Accept");
            Page document = ask(each[0], "application/json");
            assertThat(document.status()).as(each[0]).isEqualTo(page.status());
            assertThat(type(document)).as(each[0]).isEqualTo("application/problem+json");
        }
        for (String path : new String[] {"/api/v1/nothing", "/healthz/nothing", "/.well-known/nothing"}) {
            assertThat(type(ask(path, ACCEPT))).as(path).isEqualTo("application/problem+json");
        }
        server.undeploy(plugin);
        await(30, () -> !root.serves(PLUGIN));
        assertThat(ask("/no/such/page", ACCEPT).html()).contains("There is nothing at this address.");
    }

    @Test
    public void row85_theMethodThatIsNotAllowedAndHead() {
        Wire wire = new Wire(server.port());
        String rest = " HTTP/1.1\r\nHost: x\r\nAccept: " + ACCEPT + "\r\nConnection: close\r\n\r\n";
        Wire.Answer delete = wire.send("DELETE /login" + rest);
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.head()).contains("text/html", "Allow: GET, HEAD, POST", "Vary: Accept");
        Wire.Answer head = wire.send("HEAD /no/such/page" + rest);
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.head()).contains("text/html");
        assertThat(head.body()).isEmpty();
    }

    /** A theme that never comes back is late, and then the page is the server's. */
    @Test
    public void row85_aThemeThatHangsHoldsNobodyUp() {
        Http root = server.root();
        String name = "org.example.slow";
        Path plugin = server.deploy(PluginJar.named(name).source("Slow", """
                        @Component
                        public final class Slow implements Theme {
                            public Optional<String> template(String page) {
                                try {
                                    Thread.sleep(600_000);
                                } catch (InterruptedException late) {
                                    throw new IllegalStateException(late);
                                }
                                return Optional.empty();
                            }
                        }
                        """).build(), name + ".jar");
        await(30, () -> root.serves(name));
        Page page = ask("/no/such/page", ACCEPT);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.html()).contains("There is nothing at this address.");
        server.undeploy(plugin);
        await(30, () -> !root.serves(name));
    }
}
