package org.latchkey.oauth.client;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.Set;
import org.latchkey.oauth.Issuer;

/**
 * What an instance offers to clients: the bounds of what they may register.
 *
 * @param scopes that a client may ask for
 * @param grantTypes also those of plugins
 * @param responseTypes in any order of their words
 * @param authMethods ways to authenticate at the token endpoint
 * @param subjectTypes {@code public}, {@code pairwise}
 * @param algorithms that this server signs with, the default first
 * @param requestAlgorithms that a request object may be signed with, and {@code none} if it need not be
 */
public record Offer(
        Issuer issuer,
        Set<String> scopes,
        Set<String> grantTypes,
        Set<String> responseTypes,
        Set<String> authMethods,
        Set<String> subjectTypes,
        List<JWSAlgorithm> algorithms,
        Set<String> requestAlgorithms) {

    public Offer {
        scopes = Set.copyOf(scopes);
        grantTypes = Set.copyOf(grantTypes);
        responseTypes = Set.copyOf(responseTypes);
        authMethods = Set.copyOf(authMethods);
        subjectTypes = Set.copyOf(subjectTypes);
        algorithms = List.copyOf(algorithms);
        requestAlgorithms = Set.copyOf(requestAlgorithms);
    }

    /**
     * Whether web applications may be reached without TLS on this machine: only where this server is itself, to try things
     * out. Everything else is https.
     */
    boolean allowsPlainLoopback() {
        return issuer.url().startsWith("http://");
    }
}
