package org.latchkey.services.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The services over REST: {@code GET /cas-services/}, and {@code GET}, {@code PUT} and {@code DELETE} of
 * {@code /cas-services/NAME}. For holders of {@link Capability#GLOBAL_ROOT} alone, with a bearer token (RFC 6750, 2.1):
 * whoever says where sign-ins may go can sign in as anybody. Each change is in the audit log.
 */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=" + ServicesEndpoint.PLACE)
public final class ServicesEndpoint implements Endpoint {

    static final String PLACE = "cas-services";

    private static final String SCHEME = "Bearer ";
    private static final String JSON = "application/json";
    private static final long LONGEST_BODY = 64 * 1024;

    private final StoredServices services;
    private final Tokens tokens;
    private final Audit audit;

    @Activate
    public ServicesEndpoint(@Reference StoredServices services, @Reference Tokens tokens, @Reference Audit audit) {
        this.services = services;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) throws IOException {
        Principal principal = authenticated(request);
        if (!Capability.GLOBAL_ROOT.in(principal.capabilities())) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", "This needs the capability GLOBAL_ROOT.");
        }
        String name = request.path().substring(1);
        if (name.isEmpty()) {
            return request.method().equals("GET")
                    ? json(200, ServiceJson.write(services.stored()))
                    : notAllowed("GET, HEAD");
        }
        if (name.contains("/")) {
            throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path.");
        }
        return switch (request.method()) {
            case "GET" -> json(200, ServiceJson.write(existing(name)));
            case "PUT" -> put(request, principal, name);
            case "DELETE" -> delete(request, principal, name);
            default -> notAllowed("GET, HEAD, PUT, DELETE");
        };
    }

    private Principal authenticated(Request request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(value ->
                        tokens.validate(value.substring(SCHEME.length()).strip()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED, "unauthenticated", "This needs a valid bearer token."));
    }

    private StoredService existing(String name) {
        return services.stored(name).orElseThrow(() -> Refusal.notFound("service", name));
    }

    private Response put(Request request, Principal principal, String name) throws IOException {
        if (!mediaType(request).equals(JSON)) {
            return Response.empty(415).withHeader("Accept", JSON);
        }
        ServiceCheck.name(name);
        StoredService wanted = ServiceJson.read(name, request.body(LONGEST_BODY).readAllBytes());
        ServiceCheck.of(wanted.service());
        audit.requireAvailable();
        boolean created = services.put(wanted);
        append(request, principal, created ? "cas.service.created" : "cas.service.changed", name, wanted);
        Response answer = json(created ? 201 : 200, ServiceJson.write(wanted));
        return created ? answer.withHeader("Location", place(name)) : answer;
    }

    private static String place(String name) {
        return "/" + PLACE + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Response delete(Request request, Principal principal, String name) {
        StoredService gone = existing(name);
        audit.requireAvailable();
        if (!services.delete(name)) {
            throw Refusal.notFound("service", name);
        }
        append(request, principal, "cas.service.deleted", name, gone);
        return Response.empty(204);
    }

    private void append(Request request, Principal principal, String type, String name, StoredService service) {
        audit.append(new AuditEvent(
                Instant.now(),
                type,
                request.id(),
                principal.id(),
                name,
                request.address(),
                Map.of(
                        "url",
                        service.service().url(),
                        "match",
                        service.service().match().name())));
    }

    private static Response json(int status, JsonNode body) {
        return Response.of(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8))
                .withHeader("Cache-Control", "no-store");
    }

    private static Response notAllowed(String allow) {
        return Response.empty(405).withHeader("Allow", allow);
    }

    private static String mediaType(Request request) {
        String type = request.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
