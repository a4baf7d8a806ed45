package org.latchkey.services.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Tokens;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;

public class ServicesEndpointTest {

    private static final String PORTAL = "{\"url\":\"https://a.example/app\"}";

    private final MemoryAudit audit = new MemoryAudit();
    private final StoredServices services = new StoredServices(new MemoryStore());
    private final ServicesEndpoint endpoint = new ServicesEndpoint(services, new TwoTokens(), audit);

    /** {@code root} is root's, {@code ada} that of somebody with a lesser capability. */
    private static final class TwoTokens implements Tokens {
        @Override
        public Token issue(Principal principal) {
            return new Token(principal.id(), Instant.MAX);
        }

        @Override
        public Optional<Principal> validate(String token) {
            return switch (token) {
                case "root" -> Optional.of(principal(token, Capability.GLOBAL_ROOT));
                case "ada" -> Optional.of(principal(token, Capability.CREATE_GROUP));
                default -> Optional.empty();
            };
        }

        private static Principal principal(String id, Capability capability) {
            return new Principal(id, "directory", Set.of(), Set.of(capability));
        }

        @Override
        public String rotate() {
            return "";
        }

        @Override
        public String keySet() {
            return "";
        }
    }

    private record Asked(String method, String path, Map<String, String> headers, String content) implements Request {
        @Override
        public String id() {
            return "r-1";
        }

        @Override
        public List<String> query(String name) {
            return List.of();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.empty();
        }

        @Override
        public Map<String, List<String>> form(long limit) {
            return Map.of();
        }

        @Override
        public InputStream body(long limit) {
            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String nonce() {
            return "nonce1";
        }

        @Override
        public String address() {
            return "192.0.2.1";
        }
    }

    private Response ask(String method, String path, String content) throws IOException {
        return endpoint.handle(new Asked(
                method,
                path,
                Map.of("Authorization", "Bearer root", "Content-Type", "application/json; charset=utf-8"),
                content));
    }

    private static String body(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private void refuses(Refusal.Kind kind, String pointer, String path, String content) {
        assertThatExceptionOfType(Refusal.class)
                .as(content)
                .isThrownBy(() -> ask("PUT", path, content))
                .satisfies(refusal -> {
                    assertThat(refusal.kind()).isEqualTo(kind);
                    assertThat(refusal.pointer()).isEqualTo(pointer);
                });
        assertThat(services.stored()).isEmpty();
    }

    @Test
    public void row49_servicesAreMadeReadChangedListedAndTakenAway() throws Exception {
        Response made = ask("PUT", "/the portal", PORTAL);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers()).containsEntry("Location", "/cas-services/the%20portal");
        String full =
                "{\"name\":\"the portal\",\"url\":\"https://a\\\\.example/.*\",\"match\":\"pattern\",\"comment\":\"c\","
                        + "\"logout\":\"back_channel\",\"logout_url\":\"https://a.example/out\",\"proxies\":true,\"theme\":\"dark\","
                        + "\"order\":-5,\"attributes\":[\"cn\",\"mail\"],\"groups\":[\"staff\"]}";
        assertThat(ask("PUT", "/the portal", full).status()).isEqualTo(200);
        assertThat(body(ask("GET", "/the portal", ""))).isEqualTo(full);
        assertThat(body(ask("GET", "/", ""))).isEqualTo("{\"services\":[" + full + "]}");
        assertThat(ask("PUT", "/the portal", body(ask("GET", "/the portal", "")))
                        .status())
                .isEqualTo(200);
        assertThat(ask("DELETE", "/the portal", "").status()).isEqualTo(204);
        assertThat(body(ask("GET", "/", ""))).isEqualTo("{\"services\":[]}");
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .containsExactly(
                        "cas.service.created", "cas.service.changed", "cas.service.changed", "cas.service.deleted");
        assertThat(audit.last().actor() + " " + audit.last().subject()).isEqualTo("root the portal");
    }

    @Test
    public void onlyRootMay() {
        for (String method : List.of("GET", "PUT", "DELETE", "POST")) {
            for (String path : List.of("/", "/portal", "/a/b")) {
                refusesTo(Map.of(), Refusal.Kind.UNAUTHENTICATED, method, path);
                refusesTo(Map.of("Authorization", "Bearer x"), Refusal.Kind.UNAUTHENTICATED, method, path);
                refusesTo(Map.of("Authorization", "Basic root"), Refusal.Kind.UNAUTHENTICATED, method, path);
                refusesTo(Map.of("Authorization", "Bearer ada"), Refusal.Kind.DENIED, method, path);
            }
        }
        assertThat(services.stored()).isEmpty();
    }

    private void refusesTo(Map<String, String> headers, Refusal.Kind kind, String method, String path) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> endpoint.handle(new Asked(method, path, headers, PORTAL)))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    @Test
    public void row48_aPatternThatDoesNotCompileIsRefused() {
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"https://(a/.*\",\"match\":\"pattern\"}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"*\",\"match\":\"pattern\"}");
    }

    @Test
    public void whatCannotWorkIsRefusedWithAPointer() {
        refuses(Refusal.Kind.INVALID, "", "/p", "");
        refuses(Refusal.Kind.INVALID, "", "/p", "[]");
        refuses(Refusal.Kind.INVALID, "", "/p", PORTAL + "x");
        refuses(Refusal.Kind.INVALID, "", "/p", "{\"url\":\"https://a.example/\",\"url\":\"https://b.example/\"}");
        refuses(Refusal.Kind.INVALID, "", "/p", "{\"url\":" + "[".repeat(1_000));
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":null}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"\"}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"https://a b/\"}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"https://u@a.example/\"}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"https://a.example/#f\"}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"imap:x\",\"match\":\"prefix\"}");
        refuses(Refusal.Kind.INVALID, "/url", "/p", "{\"url\":\"https://a.example/" + "x".repeat(2_048) + "\"}");
        refuses(Refusal.Kind.INVALID, "/uri~1~0", "/p", "{\"url\":\"https://a.example/\",\"uri/~\":1}");
        refuses(Refusal.Kind.INVALID, "/name", "/p", "{\"url\":\"https://a.example/\",\"name\":\"q\"}");
        refuses(Refusal.Kind.INVALID, "/name", "/p\u00e9", PORTAL);
        refuses(Refusal.Kind.INVALID, "/name", "/" + "p".repeat(101), PORTAL);
        refuses(Refusal.Kind.INVALID, "/match", "/p", "{\"url\":\"https://a.example/\",\"match\":\"ant\"}");
        refuses(Refusal.Kind.INVALID, "/logout", "/p", "{\"url\":\"https://a.example/\",\"logout\":1}");
        refuses(Refusal.Kind.INVALID, "/logout_url", "/p", "{\"url\":\"https://a.example/\",\"logout_url\":\"x\"}");
        refuses(Refusal.Kind.INVALID, "/order", "/p", "{\"url\":\"https://a.example/\",\"order\":1.5}");
        refuses(Refusal.Kind.INVALID, "/order", "/p", "{\"url\":\"https://a.example/\",\"order\":9999999999}");
        refuses(Refusal.Kind.INVALID, "/proxies", "/p", "{\"url\":\"https://a.example/\",\"proxies\":\"true\"}");
        refuses(Refusal.Kind.INVALID, "/groups", "/p", "{\"url\":\"https://a.example/\",\"groups\":\"staff\"}");
        refuses(Refusal.Kind.INVALID, "/groups/1", "/p", "{\"url\":\"https://a.example/\",\"groups\":[\"a\",1]}");
    }

    @Test
    public void methodsTypesAndPathsThatAreNotThere() throws Exception {
        assertThat(ask("POST", "/", PORTAL).headers()).containsEntry("Allow", "GET, HEAD");
        assertThat(ask("POST", "/p", PORTAL).headers()).containsEntry("Allow", "GET, HEAD, PUT, DELETE");
        assertThat(endpoint.handle(new Asked("PUT", "/p", Map.of("Authorization", "bearer root"), PORTAL))
                        .status())
                .isEqualTo(415);
        for (String path : List.of("/p", "/a/b", "//")) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> ask("GET", path, ""))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
        }
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> ask("DELETE", "/p", ""));
    }

    @Test
    public void withoutAnAuditLogNothingIsChanged() {
        audit.breakDown();
        refuses(Refusal.Kind.UNAVAILABLE, "", "/p", PORTAL);
    }
}
