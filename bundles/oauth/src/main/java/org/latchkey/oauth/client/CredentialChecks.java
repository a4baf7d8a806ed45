package org.latchkey.oauth.client;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.oauth.mtls.CertificateName;
import org.latchkey.oauth.mtls.MutualTls;

/** What the metadata of a client say of keys and secrets: each method is a rule of {@link ClientMetadata}. */
final class CredentialChecks {

    private static final Set<String> ASYMMETRIC =
            ClientKeys.ALGORITHMS.stream().map(JWSAlgorithm::getName).collect(Collectors.toUnmodifiableSet());

    /** The one that a secret of 256 bits is enough for (RFC 7518, 3.2). */
    private static final Set<String> SYMMETRIC = Set.of("HS256");

    private static final Map<String, Set<String>> ASSERTIONS =
            Map.of("private_key_jwt", ASYMMETRIC, "client_secret_jwt", SYMMETRIC);

    private static final Set<String> WITH_KEYS = Set.of("private_key_jwt", "self_signed_tls_client_auth");

    private CredentialChecks() {}

    static List<Fault> authMethod(Draft draft) {
        return one("token_endpoint_auth_method", draft, draft.offer().authMethods());
    }

    static List<Fault> secretForItself(Draft draft) {
        return draft.authMethod().equals("none") && draft.grants("client_credentials")
                ? List.of(Fault.of(
                        "token_endpoint_auth_method", "With none there are no client_credentials to get tokens for."))
                : List.of();
    }

    static List<Fault> onePlaceOfKeys(Draft draft) {
        return draft.has("jwks") && draft.has("jwks_uri")
                ? List.of(Fault.of("jwks_uri", "There may be jwks or jwks_uri, not both."))
                : List.of();
    }

    static List<Fault> keysToSignWith(Draft draft) {
        boolean needsKeys = WITH_KEYS.contains(draft.authMethod())
                || draft.text("request_object_signing_alg")
                        .filter(ASYMMETRIC::contains)
                        .isPresent();
        return needsKeys && !draft.has("jwks") && !draft.has("jwks_uri")
                ? List.of(Fault.of("jwks", "A client that signs needs jwks or jwks_uri."))
                : List.of();
    }

    /** RFC 8705, 2.1.2: of what may name a client in its certificate there is exactly one. */
    static List<Fault> oneCertificateName(Draft draft) {
        List<CertificateName> given = CertificateName.among(draft.metadata().keySet());
        List<Fault> faults = new ArrayList<>();
        for (CertificateName each : given) {
            draft.text(each.member())
                    .flatMap(each::fault)
                    .ifPresent(fault -> faults.add(Fault.of(each.member(), fault)));
        }
        boolean isNeeded = draft.authMethod().equals(MutualTls.BY_AUTHORITY)
                && draft.offer().authMethods().contains(MutualTls.BY_AUTHORITY); // else that alone is wrong
        if (given.size() > 1) {
            faults.add(Fault.of(given.get(1).member(), "Of what names a client in its certificate there may be one."));
        } else if (isNeeded && given.isEmpty()) {
            faults.add(Fault.of(
                    CertificateName.SUBJECT_DN.member(),
                    "With tls_client_auth there must be one of "
                            + Stream.of(CertificateName.values())
                                    .map(CertificateName::member)
                                    .collect(Collectors.joining(", "))
                            + "."));
        }
        return faults;
    }

    /** RFC 8705, 2.2.2; what is at a {@code jwks_uri} is seen when it is used. */
    static List<Fault> registeredCertificate(Draft draft) {
        boolean isMissing = draft.authMethod().equals(MutualTls.BY_ITSELF)
                && draft.metadata().get("jwks") instanceof Map<?, ?> set
                && set.get("keys") instanceof List<?> keys
                && keys.stream().noneMatch(key -> key instanceof Map<?, ?> members && members.containsKey("x5c"));
        return isMissing
                ? List.of(Fault.of("jwks", "With self_signed_tls_client_auth a key needs its certificate (x5c)."))
                : List.of();
    }

    static List<Fault> assertionAlgorithm(Draft draft) {
        Set<String> fit = ASSERTIONS.getOrDefault(draft.authMethod(), Set.of());
        return fit.isEmpty() ? List.of() : one("token_endpoint_auth_signing_alg", draft, fit);
    }

    static List<Fault> signedResponses(Draft draft) {
        boolean hasSecret = !draft.authMethod().equals("none");
        Set<String> offered = draft.offer().algorithms().stream()
                .map(JWSAlgorithm::getName)
                .filter(name -> hasSecret || !name.startsWith("HS"))
                .collect(Collectors.toSet());
        return Stream.of(
                        "id_token_signed_response_alg",
                        "userinfo_signed_response_alg",
                        "access_token_signed_response_alg",
                        "introspection_signed_response_alg",
                        "authorization_signed_response_alg")
                .flatMap(member -> one(member, draft, offered).stream())
                .toList();
    }

    static List<Fault> requestAlgorithms(Draft draft) {
        return Stream.of("request_object_signing_alg", "backchannel_authentication_request_signing_alg")
                .flatMap(member -> one(member, draft, draft.offer().requestAlgorithms()).stream())
                .toList();
    }

    /** Whoever asks for it counts on it, so to leave it out quietly would be worse than to refuse it. */
    static List<Fault> encryption(Draft draft) {
        return draft.metadata().keySet().stream()
                .filter(name -> name.contains("_encrypted_response_") || name.startsWith("request_object_encryption_"))
                .map(name -> Fault.of(name, "Encryption is not offered."))
                .toList();
    }

    private static List<Fault> one(String member, Draft draft, Set<String> offered) {
        Optional<String> given = draft.text(member);
        return given.isEmpty() || offered.contains(given.get())
                ? List.of()
                : List.of(Fault.of(member, "This must be one of " + String.join(", ", new TreeSet<>(offered)) + "."));
    }
}
