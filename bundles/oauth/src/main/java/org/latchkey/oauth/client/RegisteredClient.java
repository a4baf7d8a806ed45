package org.latchkey.oauth.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.oauth.Client;

/** A client with what its metadata means: defaults are filled in (RFC 7591, 2; OpenID Connect Registration, 2). */
public record RegisteredClient(Client client) {

    public String id() {
        return client.id();
    }

    /** How it authenticates itself at the token endpoint. */
    public String authMethod() {
        return client.text("token_endpoint_auth_method").orElse("client_secret_basic");
    }

    /** Whether it cannot keep a secret (RFC 6749, 2.1). */
    public boolean isPublic() {
        return authMethod().equals("none");
    }

    /** Exactly as they were registered. */
    public List<String> redirectUris() {
        return client.texts("redirect_uris");
    }

    /** Whether a request may name this one (RFC 6749, 3.1.2.3): see {@link RedirectUris}. */
    public boolean hasRedirectUri(String uri) {
        return RedirectUris.matches(redirectUris(), uri);
    }

    /** Whether a browser may be sent there after a logout (RP-Initiated Logout 1.0, 3): compared exactly. */
    public boolean hasPostLogoutRedirectUri(String uri) {
        return RedirectUris.isSafe(uri)
                && client.texts("post_logout_redirect_uris").contains(uri);
    }

    /**
     * What pairwise subjects are for (OpenID Connect Core, 8.1): the host of the {@code sector_identifier_uri}, else that of all
     * redirect URIs. Nothing if there is none or more than one.
     */
    public Optional<String> sector() {
        List<String> places = client.text("sector_identifier_uri").map(List::of).orElse(redirectUris());
        List<Optional<String>> hosts = places.stream()
                .map(uri -> RedirectUris.parsed(uri).map(URI::getHost))
                .distinct()
                .toList();
        return hosts.size() == 1 ? hosts.get(0) : Optional.empty();
    }

    public Set<String> grantTypes() {
        List<String> registered = client.texts("grant_types");
        return registered.isEmpty() ? Set.of("authorization_code") : Set.copyOf(registered);
    }

    /** The values of {@code response_type} it may use, their words in alphabetical order. */
    public Set<String> responseTypes() {
        boolean isStated = client.metadata().containsKey("response_types");
        Set<String> sorted = new TreeSet<>();
        (isStated ? client.texts("response_types") : List.of("code")).forEach(each -> sorted.add(sorted(each)));
        return sorted;
    }

    /** A space-separated list with its words in alphabetical order, each once. */
    public static String sorted(String words) {
        return String.join(" ", new TreeSet<>(List.of(words.strip().split(" +"))));
    }

    /** The scope it may ask for; nothing if it may ask for all that the instance offers. */
    public Optional<Set<String>> scope() {
        return client.text("scope").map(RegisteredClient::words);
    }

    /** The words of a space-separated list; none of one that is blank. */
    static Set<String> words(String list) {
        return list.isBlank() ? Set.of() : new TreeSet<>(List.of(list.strip().split(" +")));
    }

    /** A boolean of the metadata; false if it is not there. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(client.metadata().get(name));
    }
}
