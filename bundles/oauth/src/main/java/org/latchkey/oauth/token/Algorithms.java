package org.latchkey.oauth.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;

/** What a client's tokens are signed with. */
public final class Algorithms {

    private Algorithms() {}

    /**
     * What the client is registered for, else the first that is offered.
     *
     * @param member of the client's metadata, such as {@code id_token_signed_response_alg}
     */
    public static JWSAlgorithm of(SigningKeys keys, RegisteredClient client, String member) {
        List<JWSAlgorithm> offered = keys.algorithms();
        return client.client()
                .text(member)
                .map(JWSAlgorithm::parse)
                .filter(offered::contains)
                .orElse(offered.get(0));
    }
}
