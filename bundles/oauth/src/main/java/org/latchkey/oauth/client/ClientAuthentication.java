package org.latchkey.oauth.client;

import java.time.Clock;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which client sends a request (RFC 6749, 2.3; OpenID Connect Core, 9; RFC 8705, 2): exactly in the way it is registered for.
 * Whether a client is unknown, uses another way or has the wrong secret, the answer is the same; the log says which.
 */
public final class ClientAuthentication {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAuthentication.class);

    private final Clients clients;
    private final ClientAssertion assertion;
    private final CertificateProof certificates;
    private final Issuer issuer;
    private final ClientDemands demands;

    /**
     * @param issuer of the instance, for which an assertion must be made
     * @param keys of the clients
     * @param once where used assertions are remembered
     */
    public ClientAuthentication(Clients clients, Issuer issuer, ClientKeys keys, Once once, Clock clock) {
        this(clients, issuer, keys, once, ClientDemands.NONE, clock);
    }

    /** @param demands of the operator, whatever clients are registered for */
    public ClientAuthentication(
            Clients clients, Issuer issuer, ClientKeys keys, Once once, ClientDemands demands, Clock clock) {
        this.clients = clients;
        this.issuer = issuer;
        this.demands = demands;
        this.assertion = new ClientAssertion(clients, issuer, keys, once, clock);
        this.certificates = new CertificateProof(keys, clock);
    }

    /**
     * The client of a request; a public one (RFC 6749, 2.1) by its {@code client_id} alone.
     *
     * @param form the parameters in the body
     * @throws Refused {@code invalid_client} (401), {@code invalid_request} for two ways at once or a secret in the query,
     *     {@code temporarily_unavailable} (503) if it cannot be found out
     */
    public RegisteredClient authenticate(Request request, Parameters form) throws Refused {
        Presented presented = Presented.of(request, form);
        try {
            Optional<RegisteredClient> client = clients.find(presented.client());
            Optional<String> fault = fault(client, presented, request);
            if (fault.isEmpty()) {
                return client.orElseThrow();
            }
            LOG.atInfo()
                    .addKeyValue("request", request.id())
                    .addKeyValue("client", client.map(RegisteredClient::id).orElse(""))
                    .addKeyValue("reason", fault.get())
                    .log("a client has not authenticated itself");
        } catch (Refusal refusal) {
            throw Refused.of(refusal);
        }
        Refused no = Refused.invalidClient("The client is unknown or has not authenticated itself as it should.");
        throw presented.kind() == Presented.Kind.BASIC ? challenged(no) : no;
    }

    /** What is wrong, for the log; nothing if it is that client. */
    private Optional<String> fault(Optional<RegisteredClient> client, Presented presented, Request request) {
        if (client.isEmpty()) {
            Secrets.compareWithNone(presented.proof());
            return Optional.of("there is no such client");
        }
        return demands.fault(client.get(), presented, issuer).or(() -> proofFault(client.get(), presented, request));
    }

    private Optional<String> proofFault(RegisteredClient client, Presented presented, Request request) {
        return switch (presented.kind()) {
            case NONE -> CertificateProof.isFor(client) ? certificates.fault(client, request) : mustBe("none", client);
            case BASIC -> mustBe("client_secret_basic", client).or(() -> secret(client, presented));
            case POST -> mustBe("client_secret_post", client).or(() -> secret(client, presented));
            case ASSERTION -> assertion.fault(client, presented.proof(), request);
        };
    }

    private static Optional<String> mustBe(String method, RegisteredClient client) {
        return client.authMethod().equals(method)
                ? Optional.empty()
                : Optional.of("it used " + method + " in place of " + client.authMethod());
    }

    private static Optional<String> secret(RegisteredClient client, Presented presented) {
        return Secrets.matches(client.client().secretHashes(), presented.proof())
                ? Optional.empty()
                : Optional.of("the secret is wrong");
    }

    /** RFC 6749, 5.2: who tried the Authorization header is told how to use it. */
    public static Refused challenged(Refused no) {
        return no.withHeader("WWW-Authenticate", "Basic realm=\"OAuth\", charset=\"UTF-8\"");
    }
}
