package org.latchkey.oauth.par;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Proofs;

/** The endpoint for pushed authorization requests (RFC 9126, 2). */
public final class PushEndpoint {

    private static final long LONGEST_FORM = 256 * 1024;

    private final ClientAuthentication authentication;
    private final Vetting vetting;
    private final PushedRequests pushed;
    private final Proofs proofs;
    private final Duration life;

    /** What a request is held against, here and at the authorization endpoint. */
    @FunctionalInterface
    public interface Vetting {

        /**
         * Gives the parameters that are to be kept.
         *
         * @throws Refused what the authorization endpoint would refuse
         */
        Parameters passed(Request request, RegisteredClient client, Parameters parameters) throws Refused, IOException;
    }

    /** @param life how long a request can be begun with */
    public PushEndpoint(
            ClientAuthentication authentication, Vetting vetting, PushedRequests pushed, Proofs proofs, Duration life) {
        this.authentication = authentication;
        this.vetting = vetting;
        this.pushed = pushed;
        this.proofs = proofs;
        this.life = life;
    }

    /** {@code POST /par}. */
    public Response answer(Request request) throws Refused, IOException {
        Parameters form = Parameters.of(request.form(LONGEST_FORM));
        RegisteredClient client = authentication.authenticate(request, form);
        if (form.has("request_uri")) {
            throw Refused.of("invalid_request", "A pushed request cannot point to another one.");
        }
        Parameters passed = withKey(request, client, vetted(request, client, form));
        String uri = pushed.add(client.id(), passed, life);
        return proofs.withNonce(Json.answer(201, Map.of("request_uri", uri, "expires_in", life.toSeconds())), client);
    }

    private Parameters vetted(Request request, RegisteredClient client, Parameters form) throws Refused, IOException {
        return vetting.passed(request, client, form.with("client_id", client.id()));
    }

    /** A key that is proved here is announced: the code is for no other (RFC 9449, 10.1). */
    private Parameters withKey(Request request, RegisteredClient client, Parameters passed) throws Refused {
        Optional<String> key = proofs.shown(request, client, Optional.empty()).thumbprint();
        Optional<String> announced = passed.get("dpop_jkt");
        if (key.isPresent() && announced.isPresent() && !key.equals(announced)) {
            throw Refused.of("invalid_dpop_proof", "The dpop_jkt is of another key than the proof.");
        }
        return key.map(thumbprint -> passed.with("dpop_jkt", thumbprint)).orElse(passed);
    }
}
