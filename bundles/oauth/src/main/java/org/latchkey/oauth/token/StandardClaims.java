package org.latchkey.oauth.token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.api.Entity;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;

/**
 * What a client is told of somebody (OpenID Connect Core, 5): the claims that the scope stands for (5.4), and those that it
 * asked for by name (5.5). They come of what was known when the owner signed in and, where that says nothing, of the KV of
 * their entity under the claim's name.
 */
public final class StandardClaims {

    /** Where in the claims parameter something is asked for. */
    public enum Place {
        USERINFO("userinfo"),
        ID_TOKEN("id_token");

        private final String member;

        Place(String member) {
            this.member = member;
        }
    }

    /** The claims of each scope. */
    static final Map<String, List<String>> OF_SCOPE = Map.of(
            "profile",
            List.of(
                    "name",
                    "family_name",
                    "given_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "profile",
                    "picture",
                    "website",
                    "gender",
                    "birthdate",
                    "zoneinfo",
                    "locale",
                    "updated_at"),
            "email",
            List.of("email", "email_verified"),
            "address",
            List.of("address"),
            "phone",
            List.of("phone_number", "phone_number_verified"),
            "groups",
            List.of("groups"));

    private static final Set<String> STANDARD =
            OF_SCOPE.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

    /** What else a claim may be called where it comes from; the first that is there counts. */
    private static final Map<String, List<String>> ALSO = Map.of(
            "name", List.of("display_name", "displayName", "legal_name", "cn", "gecos"),
            "family_name", List.of("sn", "surname"),
            "given_name", List.of("givenName"),
            "email", List.of("mail"),
            "phone_number", List.of("telephoneNumber", "mobile"),
            "address", List.of("postalAddress"),
            "locale", List.of("preferredLanguage"),
            "website", List.of("labeledURI"));

    private static final Set<String> BOOLEANS = Set.of("email_verified", "phone_number_verified");

    private final Owners owners;

    public StandardClaims(Owners owners) {
        this.owners = owners;
    }

    /** All names, for the metadata of the server. */
    public static Set<String> names() {
        Set<String> all = new TreeSet<>(Set.of("sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "sid"));
        OF_SCOPE.values().forEach(all::addAll);
        return all;
    }

    /** The scope that stands for a claim, if there is one. */
    public static Optional<String> scopeOf(String claim) {
        return OF_SCOPE.entrySet().stream()
                .filter(each -> each.getValue().contains(claim))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Those of an authorization's scope and claims parameter. */
    public Map<String, Object> of(Authorization authorization, Place place, Set<String> scopes) {
        Set<String> names = new TreeSet<>();
        scopes.forEach(scope -> names.addAll(OF_SCOPE.getOrDefault(scope, List.of())));
        if (authorization.claims().get(place.member) instanceof Map<?, ?> asked) {
            asked.keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        Optional<Entity> entity = owners.entity(authorization.owner());
        names.forEach(name -> value(authorization.owner(), entity, name).ifPresent(value -> claims.put(name, value)));
        return claims;
    }

    private static Optional<Object> value(Owner owner, Optional<Entity> entity, String name) {
        return switch (name) {
            case "preferred_username" -> Optional.of(owner.id());
            case "groups" -> Optional.of(List.copyOf(owner.known().memberOf()));
            case "address" -> text(owner, entity, name).map(text -> Map.of("formatted", text));
            case "updated_at" ->
                text(owner, entity, name)
                        .filter(text -> text.matches("[0-9]{1,15}"))
                        .map(Long::valueOf);
            default ->
                isStandard(name)
                        ? text(owner, entity, name)
                                .map(text -> BOOLEANS.contains(name) ? (Object) Boolean.valueOf(text) : text)
                        : Optional.empty();
        };
    }

    private static boolean isStandard(String name) {
        return STANDARD.contains(name);
    }

    private static Optional<String> text(Owner owner, Optional<Entity> entity, String name) {
        Optional<String> found = named(owner, entity, name);
        for (String other : ALSO.getOrDefault(name, List.of())) {
            found = found.isPresent() ? found : named(owner, entity, other);
        }
        return found;
    }

    private static Optional<String> named(Owner owner, Optional<Entity> entity, String name) {
        List<String> values = owner.known().extra().getOrDefault(name, List.of());
        if (values.isEmpty() && entity.isPresent()) {
            values = entity.get().kv().getOrDefault(name, List.of());
        }
        return values.isEmpty() || values.get(0).isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
