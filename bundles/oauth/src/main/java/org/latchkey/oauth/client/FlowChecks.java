package org.latchkey.oauth.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the metadata of a client say of how it gets what: each method is a rule of {@link ClientMetadata}. */
final class FlowChecks {

    private static final Set<String> CODE = Set.of("code");
    private static final Set<String> FRONT = Set.of("token", "id_token");

    private FlowChecks() {}

    static List<Fault> grantTypes(Draft draft) {
        return among("grant_types", draft, draft.offer().grantTypes(), UnaryOperator.identity());
    }

    static List<Fault> responseTypes(Draft draft) {
        return among("response_types", draft, draft.offer().responseTypes(), RegisteredClient::sorted);
    }

    private static List<Fault> among(
            String member, Draft draft, Set<String> offered, UnaryOperator<String> normalised) {
        Set<String> known = offered.stream().map(normalised).collect(Collectors.toCollection(TreeSet::new));
        List<Fault> faults = new ArrayList<>();
        List<String> given = draft.texts(member);
        for (int i = 0; i < given.size(); i++) {
            if (!known.contains(normalised.apply(given.get(i)))) {
                faults.add(Fault.of(member, i, "This must be one of " + String.join(", ", known) + "."));
            }
        }
        return faults;
    }

    /** RFC 7591, 2.1. */
    static List<Fault> grantsFitResponses(Draft draft) {
        List<Fault> faults = new ArrayList<>();
        if (draft.responds(CODE) != draft.grants("authorization_code")) {
            faults.add(Fault.of(
                    "grant_types", "The grant type authorization_code and response types with code need each other."));
        }
        if (draft.responds(FRONT) != draft.grants("implicit")) {
            faults.add(Fault.of(
                    "grant_types",
                    "The grant type implicit and response types with token or id_token need each other."));
        }
        return faults;
    }

    static List<Fault> scope(Draft draft) {
        return draft.text("scope").stream()
                .flatMap(words -> RegisteredClient.words(words).stream())
                .filter(word -> !draft.offer().scopes().contains(word))
                .map(word -> Fault.of(
                        "scope",
                        "Each word must be one of " + sorted(draft.offer().scopes()) + "."))
                .toList();
    }

    static List<Fault> subjectType(Draft draft) {
        return draft.offer().subjectTypes().contains(draft.text("subject_type").orElse(""))
                ? List.of()
                : List.of(Fault.of(
                        "subject_type",
                        "This must be one of " + sorted(draft.offer().subjectTypes()) + "."));
    }

    /** OpenID Connect Core, 8.1: what subjects are for must be one host, or be listed in one place. */
    static List<Fault> oneSector(Draft draft) {
        boolean isPairwise = draft.text("subject_type").orElse("").equals("pairwise");
        long hosts = draft.texts("redirect_uris").stream()
                .map(uri -> RedirectUris.parsed(uri).map(URI::getHost))
                .map(Optional::toString)
                .distinct()
                .count();
        return isPairwise && hosts > 1 && !draft.has("sector_identifier_uri")
                ? List.of(Fault.of(
                        "sector_identifier_uri", "Pairwise subjects for redirect URIs on several hosts need this."))
                : List.of();
    }

    /** CIBA, 4: a client that is to be called says how and where. */
    static List<Fault> delivery(Draft draft) {
        Optional<String> mode = draft.text("backchannel_token_delivery_mode");
        if (mode.filter(each -> !Set.of("poll", "ping", "push").contains(each)).isPresent()) {
            return List.of(Fault.of("backchannel_token_delivery_mode", "This must be poll, ping or push."));
        }
        return mode.filter(each -> !each.equals("poll")).isPresent()
                        && !draft.has("backchannel_client_notification_endpoint")
                ? List.of(Fault.of("backchannel_client_notification_endpoint", "Ping and push need this."))
                : List.of();
    }

    private static String sorted(Set<String> words) {
        return String.join(", ", new TreeSet<>(words));
    }
}
