package org.latchkey.oauth.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Metadata whose members have the right shapes and whose defaults are filled in, on the way to be checked. */
record Draft(Map<String, Object> metadata, Offer offer) {

    boolean has(String name) {
        return metadata.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable((String) metadata.get(name));
    }

    List<String> texts(String name) {
        return metadata.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    boolean is(String name) {
        return Boolean.TRUE.equals(metadata.get(name));
    }

    String authMethod() {
        return text("token_endpoint_auth_method").orElse("");
    }

    boolean isNative() {
        return text("application_type").orElse("").equals("native");
    }

    boolean grants(String type) {
        return texts("grant_types").contains(type);
    }

    /** Whether a response type has one of these words. */
    boolean responds(Set<String> words) {
        return texts("response_types").stream()
                .anyMatch(type -> List.of(type.split(" +")).stream().anyMatch(words::contains));
    }

    /** An absolute https URL, or one that is as good where this server is only tried out. */
    boolean isSecureUrl(String text) {
        return RedirectUris.parsed(text).filter(this::isSecure).isPresent();
    }

    boolean isSecure(URI uri) {
        return RedirectUris.scheme(uri).equals("https")
                || offer.allowsPlainLoopback() && RedirectUris.isPlainLoopback(uri);
    }
}
