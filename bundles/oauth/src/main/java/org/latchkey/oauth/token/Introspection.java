package org.latchkey.oauth.token;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;
import org.latchkey.oauth.token.Inspection.Good;

/**
 * Tells resource servers about tokens (RFC 7662), and takes tokens back (RFC 7009). Who asks has to be a confidential client;
 * about a token that is neither its own nor meant for it, it learns nothing.
 */
public final class Introspection {

    private static final long LONGEST_FORM = 64 * 1024;
    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final ClientAuthentication authentication;
    private final Inspection inspection;
    private final Authorizations authorizations;
    private final RevokedTokens revoked;
    private final Owners owners;
    private final Subjects subjects;

    public Introspection(
            ClientAuthentication authentication,
            Inspection inspection,
            Authorizations authorizations,
            RevokedTokens revoked,
            Owners owners,
            Subjects subjects) {
        this.authentication = authentication;
        this.inspection = inspection;
        this.authorizations = authorizations;
        this.revoked = revoked;
        this.owners = owners;
        this.subjects = subjects;
    }

    /** {@code POST /introspect}. */
    public Response introspect(Request request) throws Refused, IOException {
        Parameters parameters = Parameters.of(request.form(LONGEST_FORM));
        RegisteredClient client = authentication.authenticate(request, parameters);
        if (client.isPublic()) {
            throw Refused.invalidClient("Introspection is for clients that authenticate themselves.");
        }
        String token = parameters.require("token");
        Optional<Map<String, Object>> answer = inspection
                .good(token)
                .filter(good -> isFor(client, good))
                .map(Introspection::told)
                .or(() -> refreshToken(client, token));
        return Json.answer(200, answer.orElse(INACTIVE));
    }

    /** The client it was given to, and servers that it is meant for. */
    private static boolean isFor(RegisteredClient client, Good good) {
        List<String> resources = client.client().texts("resources");
        Object audience = good.claims().get("aud");
        boolean isMeant = resources.contains(audience)
                || resources.contains(client.id()) && List.of(client.id()).equals(audience)
                || audience instanceof List<?> all && all.stream().anyMatch(resources::contains);
        return isMeant || good.claim("client_id").equals(client.id()) || client.is("introspects_all");
    }

    private static Map<String, Object> told(Good good) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("active", true);
        told.putAll(good.told());
        told.put("token_type", Binding.of(good.claims()).tokenType());
        good.live()
                .ifPresent(live ->
                        told.put("username", live.authorization().owner().id()));
        return told;
    }

    private Optional<Map<String, Object>> refreshToken(RegisteredClient client, String token) {
        return authorizations
                .good(token)
                .map(Live::authorization)
                .filter(each -> each.client().equals(client.id()) && owners.mayRefresh(each))
                .map(each -> told(client, each));
    }

    private Map<String, Object> told(RegisteredClient client, Authorization authorization) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("active", true);
        told.put("client_id", client.id());
        told.put("sub", subjects.of(client, authorization.owner()));
        told.put("username", authorization.owner().id());
        told.put("scope", String.join(" ", new TreeSet<>(authorization.scope())));
        told.put("exp", authorization.expires().getEpochSecond());
        told.put("iat", authorization.issued().getEpochSecond());
        return told;
    }

    /** {@code POST /revoke}. A token that is none of the client's is left alone, and nobody hears that it is one. */
    public Response revoke(Request request) throws Refused, IOException {
        Parameters parameters = Parameters.of(request.form(LONGEST_FORM));
        RegisteredClient client = authentication.authenticate(request, parameters);
        String token = parameters.require("token");
        Optional<Live> refresh = authorizations
                .peek(token)
                .filter(live -> live.authorization().client().equals(client.id()));
        if (refresh.isPresent()) {
            authorizations.revoke(refresh.get(), Authorizations.By.CLIENT);
        } else {
            inspection
                    .lasting(token)
                    .filter(good -> good.claim("client_id").equals(client.id()))
                    .ifPresent(good -> revoked.add(good.claim("jti"), expires(good), client.id()));
        }
        return Response.empty(200);
    }

    /** A little later, for clocks that differ. */
    private static Instant expires(Good good) {
        return Instant.ofEpochSecond(good.number("exp")).plusSeconds(60);
    }
}
