package org.latchkey.admin;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Tokens;

/** Signing in, and asking whose a token is. Every way a sign-in can fail looks the same. */
final class AuthRoutes {

    private final Authentication authentication;
    private final Tokens tokens;

    AuthRoutes(Authentication authentication, Tokens tokens) {
        this.authentication = authentication;
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.json("POST", "/auth/check", Access.PUBLIC, this::check),
                Route.json("POST", "/auth/token", Access.PUBLIC, this::token),
                Route.json("POST", "/auth/validate", Access.PUBLIC, this::validate));
    }

    private Response check(Exchange exchange) throws IOException {
        signIn(exchange);
        return Replies.done();
    }

    private Response token(Exchange exchange) throws IOException {
        Tokens.Token token = tokens.issue(signIn(exchange));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", token.value());
        json.put("expires_at", token.expiresAt().truncatedTo(ChronoUnit.SECONDS)); // RFC 3339
        return Replies.json(json);
    }

    private Principal signIn(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("id", "secret")) {
            Attempt attempt = new Attempt(body.text("id"), Optional.of(body.secret("secret")), exchange.caller());
            return authentication
                    .authenticate(attempt)
                    .orElseThrow(() -> unauthenticated("The name or the secret is wrong."));
        }
    }

    private Response validate(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("token", "groups")) {
            String token = body.text("token");
            Set<String> groups = body.has("groups") ? new LinkedHashSet<>(body.texts("groups")) : Set.of();
            Principal holder = tokens.validate(token).orElseThrow(() -> unauthenticated("The token is not valid."));
            if (body.has("groups") && !authentication.permits(exchange.caller(), holder, groups)) {
                throw Refusal.of(Refusal.Kind.DENIED, "denied", "Whose token it is may not do this.");
            }
            return Replies.json(json(holder));
        }
    }

    private static Map<String, Object> json(Principal holder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", holder.id());
        json.put("source", holder.source());
        json.put("groups", holder.groups());
        json.put("capabilities", holder.capabilities());
        return json;
    }

    private static Refusal unauthenticated(String message) {
        return Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated", message);
    }
}
