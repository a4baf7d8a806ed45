package org.latchkey.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryPlugins;

/** The API over fakes. There are {@code root}, {@code nobody} who may do nothing, and the group {@code staff}. */
final class TestApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    final MemoryDirectory directory = new MemoryDirectory();
    final FakeAuth auth = new FakeAuth();
    final MemoryPlugins plugins = new MemoryPlugins();
    final MemoryAudit audit = new MemoryAudit();
    final FakePoints points = new FakePoints();
    final FakeNotices notices = new FakeNotices();
    final FakeTransfer transfer = new FakeTransfer();
    final ApiEndpoint endpoint = new ApiEndpoint(
            auth, auth, directory, directory, new FakeOperations(), plugins, points, audit, transfer, notices, "0.1.0");

    TestApi() {
        person("root", EnumSet.of(Capability.GLOBAL_ROOT));
        person("nobody", Set.of());
        directory.groups.put("staff", Group.named("staff").withNumber(1));
    }

    void person(String id, Set<Capability> capabilities) {
        directory.entities.put(id, Entity.named(id).withNumber(directory.entities.size() + 1));
        auth.people.put(id, new Principal(id, "directory", Set.of("staff"), capabilities));
    }

    /** What came back: of a refusal the status that the web bundle gives to its kind. */
    record Reply(int status, String code, String pointer, Map<String, String> headers, String text) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    Reply asRoot(String method, String path) throws IOException {
        return as("root", FakeRequest.of(method, "/v1" + path));
    }

    Reply asRoot(String method, String path, String body) throws IOException {
        return as("root", FakeRequest.of(method, "/v1" + path).withBody("application/json", body));
    }

    Reply as(String who, FakeRequest request) throws IOException {
        return send(request.withHeader("Authorization", "Bearer token-" + who));
    }

    Reply anonymously(String method, String path, String body) throws IOException {
        return send(FakeRequest.of(method, "/v1" + path).withBody("application/json", body));
    }

    Reply send(Request request) throws IOException {
        try {
            Response response = endpoint.handle(request);
            return new Reply(response.status(), "", "", response.headers(), new String(response.body()));
        } catch (Refusal refusal) {
            return new Reply(status(refusal.kind()), refusal.code(), refusal.pointer(), Map.of(), refusal.getMessage());
        }
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case NOT_FOUND -> 404;
            case EXISTS, CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case POLICY -> 422;
            case UNAVAILABLE -> 503;
        };
    }
}
