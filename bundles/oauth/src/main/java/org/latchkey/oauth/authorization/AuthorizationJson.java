package org.latchkey.oauth.authorization;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.api.Claims;
import org.latchkey.oauth.Json;

/** How an authorization is written in the store. */
final class AuthorizationJson {

    private AuthorizationJson() {}

    static String write(Authorization authorization) {
        Authorization.Owner owner = authorization.owner();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("client", authorization.client());
        json.put("owner", owner.id());
        json.put("number", owner.number());
        json.put("era", owner.era());
        json.put("source", owner.source());
        json.put("session", owner.session());
        json.put("authenticated_at", owner.authenticatedAt().toEpochMilli());
        json.put("member_of", owner.known().memberOf());
        json.put("known", owner.known().extra());
        json.put("scope", new TreeSet<>(authorization.scope()));
        json.put("resources", authorization.resources());
        json.put("claims", authorization.claims());
        json.put("request", authorization.request());
        json.put("issued", authorization.issued().toEpochMilli());
        json.put("expires", authorization.expires().toEpochMilli());
        json.put("offline", authorization.offline());
        json.put("secret", authorization.secret());
        json.put("redeemed", authorization.redeemed());
        return Json.text(json);
    }

    static Authorization read(String text) {
        Map<String, Object> json =
                Json.object(text).orElseThrow(() -> new IllegalStateException("An authorization is damaged"));
        Map<String, List<String>> known = object(json.get("known")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> texts(each.getValue())));
        return new Authorization(
                text(json, "client"),
                new Authorization.Owner(
                        text(json, "owner"),
                        number(json, "number"),
                        text(json, "source"),
                        text(json, "session"),
                        time(json, "authenticated_at"),
                        new Claims(new LinkedHashSet<>(texts(json.get("member_of"))), known),
                        number(json, "era")),
                Set.copyOf(texts(json.get("scope"))),
                texts(json.get("resources")),
                object(Json.frozen(json.get("claims"))),
                object(json.get("request")).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> String.valueOf(each.getValue()))),
                time(json, "issued"),
                time(json, "expires"),
                Boolean.TRUE.equals(json.get("offline")),
                text(json, "secret"),
                Boolean.TRUE.equals(json.get("redeemed")));
    }

    private static String text(Map<String, Object> json, String name) {
        return String.valueOf(json.get(name));
    }

    private static Instant time(Map<String, Object> json, String name) {
        return Instant.ofEpochMilli(number(json, name));
    }

    private static long number(Map<String, Object> json, String name) {
        return json.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(Collectors.toMap(each -> String.valueOf(each.getKey()), Map.Entry::getValue))
                : Map.of();
    }
}
