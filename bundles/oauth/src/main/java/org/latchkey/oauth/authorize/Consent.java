package org.latchkey.oauth.authorize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorize.Consents.Giver;
import org.latchkey.oauth.token.Owners;

/** Asks people whether a client may have what it asks for, once for each thing. */
final class Consent {

    private final Issuer issuer;
    private final Consents consents;
    private final Owners owners;
    private final SignIn signIn;
    private final Function<String, Map<String, String>> titles;

    /** @param titles what the operator says of a scope, by language */
    Consent(
            Issuer issuer,
            Consents consents,
            Owners owners,
            SignIn signIn,
            Function<String, Map<String, String>> titles) {
        this.issuer = issuer;
        this.owners = owners;
        this.consents = consents;
        this.signIn = signIn;
        this.titles = titles;
    }

    /**
     * Whether somebody has to be asked. Not for clients that the operator vouches for, unless these want it. Authorization details
     * are for one time, and asked for each time.
     */
    boolean isNeeded(AuthorizeRequest request, Session session) {
        if (request.prompt().contains("consent")) {
            return true;
        }
        boolean isAllowed = request.details().isEmpty()
                && consents.of(giver(session), request.client().id()).containsAll(asked(request));
        return !request.client().client().trusted() && !isAllowed;
    }

    /** Notes what was allowed. */
    void allow(AuthorizeRequest request, Session session) {
        consents.allow(giver(session), request.client().id(), asked(request));
    }

    private Giver giver(Session session) {
        String id = session.principal().id();
        return new Giver(id, owners.standing(id).number());
    }

    /** The scope, and claims that are asked for by name. */
    private static Set<String> asked(AuthorizeRequest request) {
        Set<String> asked = new TreeSet<>(request.scope());
        request.claims().values().forEach(place -> {
            if (place instanceof Map<?, ?> claims) {
                claims.keySet().forEach(name -> asked.add("claim:" + name));
            }
        });
        asked.add("sign-in");
        return asked;
    }

    Response page(Request http, AuthorizeRequest request, Session session, String interaction) {
        return signIn.withToken(http, token -> {
            Map<String, Object> values = new HashMap<>();
            values.put("action", issuer.path("/consent"));
            values.put("token", token);
            values.put("hidden", List.of(Map.of("name", Interaction.FIELD, "value", interaction)));
            values.put("service", request.client().client().name());
            values.put("username", session.principal().id());
            values.put("scopes", request.scope().stream().map(Consent::item).toList());
            values.put("texts", texts(request));
            values.put("claims", names(request));
            values.put("details", request.details().shown());
            values.put("redirectsTo", request.where().origin());
            SignIn.Hints hints = hints(request);
            values.putAll(hints.links());
            values.put("imagesFrom", hints.imagesFrom());
            values.put("locales", hints.locales());
            return signIn.show(
                    http,
                    200,
                    "consent",
                    request.client().client().text("theme").orElse(""),
                    values);
        });
    }

    /** What a request says of who comes and how to speak to them, and what its client is registered with. */
    static SignIn.Hints hints(AuthorizeRequest request) {
        Map<String, String> links = new HashMap<>();
        for (String link : List.of("logo_uri", "client_uri", "policy_uri", "tos_uri")) {
            request.client().client().text(link).ifPresent(uri -> links.put(link, uri));
        }
        return new SignIn.Hints(
                request.parameters().get("login_hint").orElse(""),
                request.parameters().get("ui_locales").orElse(""),
                links);
    }

    /** A scope, with the key of a text that says what it means; one of the operator's own speaks for itself. */
    private static Map<String, String> item(String scope) {
        return Map.of("name", scope, "text", Settings.STANDARD.contains(scope) ? "scope." + scope : scope);
    }

    /** The operator's words for scopes, in place of the server's. */
    private Map<String, Object> texts(AuthorizeRequest request) {
        Map<String, Object> texts = new HashMap<>();
        for (String scope : request.scope()) {
            Map<String, String> byLanguage = titles.apply(scope);
            if (!byLanguage.isEmpty()) {
                texts.put(item(scope).get("text"), byLanguage);
            }
        }
        return texts;
    }

    private static List<String> names(AuthorizeRequest request) {
        return asked(request).stream()
                .filter(each -> each.startsWith("claim:"))
                .map(each -> each.substring("claim:".length()))
                .toList();
    }
}
