package org.latchkey.oauth.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.latchkey.api.Page;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Json;

/**
 * The clients of an instance over REST, for {@link Operators} alone: {@code /clients}, {@code /clients/ID} and {@code
 * /clients/ID/secret} below the instance. Each change is in the audit log. What is wrong ends in a refusal, a problem
 * document (RFC 9457) with everything that is wrong at once. A secret is shown when it is made and never again.
 */
public final class ClientsEndpoint {

    /** Where clients are, below the instance. */
    public static final String PATH = "/clients";

    /** Other things at this place: see the package of registration. */
    private static final Set<String> RESERVED = Set.of("initial-access-tokens");

    private static final String SECRET = "secret";
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);
    private static final int MOST = 1_000;

    private final StoredClients clients;
    private final Issuer issuer;
    private final Supplier<Offer> offer;
    private final SectorIdentifier sectors;
    private final Operators operators;
    private final ClientAudit audit;
    private final Clock clock;

    /** @param offer what the instance offers at the moment */
    public ClientsEndpoint(
            StoredClients clients,
            Issuer issuer,
            Supplier<Offer> offer,
            SectorIdentifier sectors,
            Operators operators,
            ClientAudit audit,
            Clock clock) {
        this.clients = clients;
        this.issuer = issuer;
        this.offer = offer;
        this.sectors = sectors;
        this.operators = operators;
        this.audit = audit;
        this.clock = clock;
    }

    /** Answers a request to a path that is {@link #PATH} or below. */
    public Response handle(Request request) throws IOException {
        Principal operator = operators.require(request);
        List<String> parts = List.of(request.path().substring(1).split("/", -1));
        if (parts.size() == 1) {
            return all(request, operator);
        }
        if (parts.size() == 2) {
            return one(request, operator, parts.get(1));
        }
        if (parts.size() == 3 && parts.get(2).equals(SECRET)) {
            return request.method().equals("POST")
                    ? newSecret(request, operator, existing(parts.get(1)))
                    : notAllowed("POST");
        }
        throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path.");
    }

    private Response all(Request request, Principal operator) throws IOException {
        return switch (request.method()) {
            case "GET" -> list(request);
            case "POST" -> post(request, operator);
            default -> notAllowed("GET, HEAD, POST");
        };
    }

    private Response one(Request request, Principal operator, String id) throws IOException {
        return switch (request.method()) {
            case "GET" -> answer(200, new StoredClients.Issued(existing(id), Optional.empty()));
            case "PUT" -> put(request, operator, id);
            case "DELETE" -> delete(request, operator, existing(id));
            default -> notAllowed("GET, HEAD, PUT, DELETE");
        };
    }

    private StoredClient existing(String id) {
        return clients.stored(issuer.mount(), id).orElseThrow(() -> Refusal.notFound("client", id));
    }

    private Response list(Request request) {
        Page<StoredClient> page = clients.list(issuer.mount(), single(request, "cursor", ""), limit(request));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "clients",
                page.items().stream()
                        .map(each -> json(new StoredClients.Issued(each, Optional.empty())))
                        .toList());
        page.next().ifPresent(cursor -> json.put("next", cursor));
        return Json.answer(200, json);
    }

    private static int limit(Request request) {
        String text = single(request, "limit", "100");
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw Refusal.of(Refusal.Kind.INVALID, "invalid", "The limit must be a number from 1 to 1000.");
    }

    private static String single(Request request, String name, String absent) {
        List<String> all = request.query(name);
        return all.isEmpty() ? absent : all.get(0);
    }

    private Response post(Request request, Principal operator) throws IOException {
        if (!JsonBody.isStated(request)) {
            return notJson();
        }
        ClientInput input = input(request);
        return create(
                request, operator, input.id().orElseGet(() -> UUID.randomUUID().toString()), input);
    }

    private Response put(Request request, Principal operator, String id) throws IOException {
        if (!JsonBody.isStated(request)) {
            return notJson();
        }
        ClientInput input = input(request);
        if (!input.id().orElse(id).equals(id)) {
            throw Refusal.invalid("/client_id", "This is not the client_id in the path.");
        }
        Optional<StoredClient> before = clients.stored(issuer.mount(), id);
        Optional<String> expected = request.header("If-Match");
        if (expected.isPresent() && !isExpected(expected.get(), before)) {
            return Response.empty(412);
        }
        if (before.isEmpty()) {
            return create(request, operator, id, input);
        }
        audit.requireAvailable();
        StoredClients.Issued issued = clients.withFittingSecret(
                issuer.mount(), before.get().withMetadata(input.metadata()).withTrust(input.trusted(), input.groups()));
        StoredClient now = clients.replace(issuer.mount(), issued.client(), operator.id());
        audit.append("changed", request, operator.id(), now);
        return answer(200, new StoredClients.Issued(now, issued.secret()));
    }

    /** RFC 9110, 13.1.1. */
    private static boolean isExpected(String tag, Optional<StoredClient> before) {
        return before.map(client -> tag.equals("*") || tag.equals(tag(client))).orElse(false);
    }

    private ClientInput input(Request request) throws IOException {
        Map<String, Object> json = JsonBody.read(request)
                .orElseThrow(() -> Refusal.invalid("", "The body is not a JSON object, or has a member twice."));
        ClientInput input = ClientInput.read(json, new ClientMetadata(offer.get()));
        ClientInput.refuse(sectors.faults(input.metadata()));
        return input;
    }

    private Response create(Request request, Principal operator, String id, ClientInput input) {
        if (!StoredClients.ID.matcher(id).matches() || RESERVED.contains(id)) {
            throw Refusal.invalid(
                    "/client_id", "This has letters, digits, and ._~- inside, and at most 100 characters.");
        }
        audit.requireAvailable();
        StoredClient client =
                StoredClient.of(id, input.metadata(), clock.instant()).withTrust(input.trusted(), input.groups());
        StoredClients.Issued issued = clients.withFittingSecret(issuer.mount(), client);
        StoredClient now = clients.create(issuer.mount(), issued.client(), operator.id());
        audit.append("created", request, operator.id(), now);
        return answer(201, new StoredClients.Issued(now, issued.secret()))
                .withHeader("Location", issuer.path(PATH + "/" + id));
    }

    private Response delete(Request request, Principal operator, StoredClient client) {
        audit.requireAvailable();
        if (!clients.delete(issuer.mount(), client.id(), operator.id())) {
            throw Refusal.notFound("client", client.id());
        }
        audit.append("deleted", request, operator.id(), client);
        return Response.empty(204);
    }

    /** The body may be left out; else it says how long the secrets of before are good beside the new one. */
    private Response newSecret(Request request, Principal operator, StoredClient client) throws IOException {
        if (SecretUse.of(client.metadata()) == SecretUse.NONE) {
            throw Refusal.of(Refusal.Kind.INVALID, "no-secret", "This client authenticates itself without a secret.");
        }
        boolean hasBody = request.header("Content-Type").isPresent();
        if (hasBody && !JsonBody.isStated(request)) {
            return notJson();
        }
        Duration overlap = hasBody ? overlap(request) : Duration.ZERO;
        audit.requireAvailable();
        StoredClients.Issued issued = clients.withNewSecret(issuer.mount(), client, overlap);
        StoredClient now = clients.replace(issuer.mount(), issued.client(), operator.id());
        audit.append("secret", request, operator.id(), now);
        return answer(200, new StoredClients.Issued(now, issued.secret()));
    }

    private static Duration overlap(Request request) throws IOException {
        Map<String, Object> json = JsonBody.read(request)
                .filter(body -> List.of("overlap_seconds").containsAll(body.keySet()))
                .orElseThrow(() -> Refusal.invalid("", "The body may have overlap_seconds and nothing else."));
        if (json.getOrDefault("overlap_seconds", 0) instanceof Integer seconds
                && seconds >= 0
                && seconds <= LONGEST_OVERLAP.toSeconds()) {
            return Duration.ofSeconds(seconds);
        }
        throw Refusal.invalid(
                "/overlap_seconds", "This must be a number from 0 to " + LONGEST_OVERLAP.toSeconds() + ".");
    }

    private Map<String, Object> json(StoredClients.Issued issued) {
        Map<String, Object> json = ClientJson.of(issued);
        json.put("client_secrets", issued.client().secretsAt(clock.instant()).size());
        json.put("trusted", issued.client().trusted());
        json.put("groups", new TreeSet<>(issued.client().groups()));
        return json;
    }

    private Response answer(int status, StoredClients.Issued issued) {
        return Json.answer(status, json(issued)).withHeader("ETag", tag(issued.client()));
    }

    private static String tag(StoredClient client) {
        return "\"" + client.version() + "\"";
    }

    private static Response notJson() {
        return Response.empty(415).withHeader("Accept", JsonBody.TYPE);
    }

    private static Response notAllowed(String allow) {
        return Response.empty(405).withHeader("Allow", allow);
    }
}
