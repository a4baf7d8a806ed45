package org.latchkey.oauth.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges the metadata of a client (RFC 7591, 2; OpenID Connect Dynamic Client Registration 1.0, 2) by the table of {@link
 * #CHECKS}. Everything that is wrong is found at once.
 */
public final class ClientMetadata {

    private static final int MOST_MEMBERS = 100;

    private static final List<Check> CHECKS = List.of(
            new Check("there is a redirect URI where one is needed", UriChecks::redirectUriIsThere),
            new Check("the kind of application is known", UriChecks::applicationType),
            new Check("codes and tokens go to safe places only", UriChecks::redirectUris),
            new Check("browsers go to safe places after a logout", UriChecks::postLogoutRedirectUris),
            new Check("pages, keys and notifications are at https", UriChecks::httpsUrls),
            new Check("request objects are at https", UriChecks::requestUris),
            new Check("front-channel logout is at the client", UriChecks::frontChannelLogout),
            new Check("grant types are offered", FlowChecks::grantTypes),
            new Check("response types are offered", FlowChecks::responseTypes),
            new Check("grant types and response types fit", FlowChecks::grantsFitResponses),
            new Check("the scope is offered", FlowChecks::scope),
            new Check("subject types are offered", FlowChecks::subjectType),
            new Check("pairwise subjects have one sector", FlowChecks::oneSector),
            new Check("tokens are delivered as CIBA knows", FlowChecks::delivery),
            new Check("it authenticates itself in an offered way", CredentialChecks::authMethod),
            new Check("who acts for itself can prove who it is", CredentialChecks::secretForItself),
            new Check("keys come from one place", CredentialChecks::onePlaceOfKeys),
            new Check("who signs has keys", CredentialChecks::keysToSignWith),
            new Check("a certificate is known by one name", CredentialChecks::oneCertificateName),
            new Check("who vouches for itself has a certificate", CredentialChecks::registeredCertificate),
            new Check("an assertion's algorithm fits the way", CredentialChecks::assertionAlgorithm),
            new Check("this server signs with an offered algorithm", CredentialChecks::signedResponses),
            new Check("request objects are signed with an offered algorithm", CredentialChecks::requestAlgorithms),
            new Check("nothing is asked to be encrypted", CredentialChecks::encryption));

    private final Offer offer;

    /** @param offer of the instance at which the client is registered */
    public ClientMetadata(Offer offer) {
        this.offer = offer;
    }

    /** @param ensures what is so of metadata that pass */
    private record Check(String ensures, Rule rule) {}

    @FunctionalInterface
    interface Rule {
        List<Fault> faults(Draft draft);
    }

    /**
     * What came of metadata.
     *
     * @param metadata what is kept: known members with a value, and the defaults of others
     * @param faults what is wrong with it, nothing if it can be kept
     * @param unknown members that are not kept
     */
    public record Judged(Map<String, Object> metadata, List<Fault> faults, Set<String> unknown) {}

    /** @param given as it came, without {@code client_id}, secrets and what else is no metadata */
    public Judged judge(Map<String, Object> given) {
        Map<String, Object> shapely = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        Map<String, Fault> faults = new LinkedHashMap<>(); // the first at each place
        given.forEach((name, value) -> {
            if (Members.shape(name).isEmpty()) {
                unknown.add(name);
            } else if (value != null) { // RFC 7592, 2.2: null is the same as left out
                Members.shape(name)
                        .get()
                        .fault(value)
                        .ifPresentOrElse(fault -> note(faults, Fault.of(name, fault)), () -> shapely.put(name, value));
            }
        });
        if (shapely.size() > MOST_MEMBERS) {
            note(faults, new Fault("", "This has more than 100 members."));
        }
        Draft draft = new Draft(withDefaults(shapely), offer);
        CHECKS.forEach(check -> check.rule().faults(draft).forEach(fault -> note(faults, fault)));
        return new Judged(draft.metadata(), new ArrayList<>(faults.values()), unknown);
    }

    /**
     * What a client says of itself, with what only an operator may say of it as it was before.
     *
     * @param before its metadata, nothing if it is new
     */
    public static Map<String, Object> ofItself(Map<String, Object> said, Map<String, Object> before) {
        Map<String, Object> all = new LinkedHashMap<>(said);
        all.keySet().removeAll(Members.ofOperators());
        Members.ofOperators().stream().filter(before::containsKey).forEach(name -> all.put(name, before.get(name)));
        return all;
    }

    private static void note(Map<String, Fault> faults, Fault fault) {
        faults.putIfAbsent(fault.pointer(), fault);
    }

    private Map<String, Object> withDefaults(Map<String, Object> given) {
        Map<String, Object> all = new LinkedHashMap<>(given);
        all.putIfAbsent("token_endpoint_auth_method", "client_secret_basic");
        all.putIfAbsent("grant_types", List.of("authorization_code"));
        boolean isCode = ((List<?>) all.get("grant_types")).contains("authorization_code");
        all.putIfAbsent("response_types", isCode ? List.of("code") : List.of());
        all.putIfAbsent("application_type", "web");
        all.putIfAbsent("subject_type", offer.subjectTypes().contains("public") ? "public" : "pairwise");
        offer.algorithms().stream()
                .findFirst()
                .ifPresent(first -> all.putIfAbsent("id_token_signed_response_alg", first.getName()));
        return all;
    }
}
