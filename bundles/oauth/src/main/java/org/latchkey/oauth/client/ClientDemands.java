package org.latchkey.oauth.client;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.key.PublicKeys;

/**
 * What is demanded of how clients prove who they are, whatever each is registered for.
 *
 * @param methods values of {@code token_endpoint_auth_method} that are taken
 * @param algorithms that clients may sign by: assertions, proofs and requests
 * @param issuerAlone whether the audience of an assertion has to be the issuer, as one text
 */
public record ClientDemands(Set<String> methods, Set<JWSAlgorithm> algorithms, boolean issuerAlone) {

    /** Nothing beyond what each is registered for. */
    public static final ClientDemands NONE = new ClientDemands(
            Set.of(
                    "none",
                    "client_secret_basic",
                    "client_secret_post",
                    "client_secret_jwt",
                    "private_key_jwt",
                    "tls_client_auth",
                    "self_signed_tls_client_auth"),
            PublicKeys.ALGORITHMS,
            false);

    public ClientDemands {
        methods = Set.copyOf(methods);
        algorithms = Set.copyOf(algorithms);
    }

    /** What speaks against it, for the log. */
    Optional<String> fault(RegisteredClient client, Presented presented, Issuer issuer) {
        if (!methods.contains(client.authMethod())) {
            return Optional.of("its way to authenticate is not one that is taken here");
        }
        return presented.kind() == Presented.Kind.ASSERTION ? ofAssertion(client, presented, issuer) : Optional.empty();
    }

    private Optional<String> ofAssertion(RegisteredClient client, Presented presented, Issuer issuer) {
        try {
            SignedJWT jwt = SignedJWT.parse(presented.proof());
            boolean isSymmetric = client.authMethod().equals("client_secret_jwt");
            if (!isSymmetric && !algorithms.contains(jwt.getHeader().getAlgorithm())) {
                return Optional.of("of the assertion alg is not one that is taken here");
            }
            Object audience = jwt.getPayload().toJSONObject().get("aud");
            return !issuerAlone || issuer.url().equals(audience)
                    ? Optional.empty()
                    : Optional.of("of the assertion aud is not the issuer alone");
        } catch (ParseException malformed) {
            return Optional.of("the assertion is malformed");
        }
    }
}
