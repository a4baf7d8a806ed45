package org.latchkey.grant.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant;
import org.osgi.service.component.annotations.Component;

/**
 * Token exchange (RFC 8693): a server that was called with a token gets another one, to call the next server for the same
 * person. The new token is good for less and no longer, and ends with the authorization behind the old one.
 *
 * <p>Fails closed: a client exchanges only tokens that it was given or that are meant for it, only for what its metadata name,
 * and only if it can prove who it is.
 */
@Component
public final class ExchangeGrant implements Grant {

    static final String TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /** For the application that somebody signs in to, and never passed on. */
    private static final Set<String> OF_SIGN_IN = Set.of("openid", "offline_access");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Granted grant(TokenRequest request) {
        Client client = request.client();
        if (client.text("token_endpoint_auth_method").filter("none"::equals).isPresent()) {
            throw Errors.unauthorizedClient("A public client cannot exchange tokens.");
        }
        if (request.text("requested_token_type")
                .filter(type -> !type.equals(Presented.TYPE))
                .isPresent()) {
            throw Errors.invalidRequest("The requested_token_type must be " + Presented.TYPE + ".");
        }
        Presented subject = Presented.of(request, "subject")
                .orElseThrow(() -> Errors.invalidRequest("The parameter subject_token is missing."));
        if (!subject.isFor(client)) {
            throw Errors.invalidRequest("The subject_token is neither the client's nor meant for it.");
        }
        if (subject.isOfClientItself()) {
            throw Errors.invalidRequest(
                    "The subject_token stands for nobody; a client asks for its own tokens itself.");
        }
        List<String> audience = Targets.of(request);
        Map<String, Object> claims = Actors.claims(client, subject, Presented.of(request, "actor"));
        return new Granted(
                new Subject(subject.value()),
                scope(request, subject.scope()),
                audience,
                false,
                Optional.empty(),
                claims,
                Map.of("issued_token_type", Presented.TYPE));
    }

    /** What is asked for, which must be within the old token's; or as much of that as this client may have. */
    private static Set<String> scope(TokenRequest request, Set<String> ofSubject) {
        Set<String> most = new TreeSet<>(ofSubject);
        most.removeAll(OF_SIGN_IN);
        Optional<String> asked = request.text("scope");
        if (asked.isEmpty()) {
            request.client().text("scope").map(Presented::words).ifPresent(most::retainAll);
            return most;
        }
        Set<String> wanted = request.instance().scope(request.client(), asked);
        if (!most.containsAll(wanted)) {
            throw Errors.invalidScope("This is more than the subject_token is good for.");
        }
        return wanted;
    }
}
