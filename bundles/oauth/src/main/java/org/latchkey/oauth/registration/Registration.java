package org.latchkey.oauth.registration;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.ClientAudit;
import org.latchkey.oauth.client.ClientJson;
import org.latchkey.oauth.client.ClientMetadata;
import org.latchkey.oauth.client.Fault;
import org.latchkey.oauth.client.Offer;
import org.latchkey.oauth.client.Secrets;
import org.latchkey.oauth.client.SectorIdentifier;
import org.latchkey.oauth.client.StoredClient;
import org.latchkey.oauth.client.StoredClients;

/**
 * Registers clients at their own request and lets each manage itself with its registration access token, which changes with
 * every update. A client says its metadata and nothing else: its id, whether it is trusted and who may use it are not its own
 * to say (such members are not kept, RFC 7591, 2), and an update leaves them as they are.
 */
public final class Registration {

    /** What is shown beside the metadata and so may come back with an update, where it says nothing (RFC 7592, 2.2). */
    private static final Set<String> SHOWN = Set.of(
            "client_id",
            "client_secret",
            "client_id_issued_at",
            "client_secret_expires_at",
            "registration_access_token",
            "registration_client_uri");

    private final StoredClients clients;
    private final Issuer issuer;
    private final Supplier<Offer> offer;
    private final SectorIdentifier sectors;
    private final Admission admission;
    private final InitialTokens initialTokens;
    private final ClientAudit audit;
    private final Clock clock;

    /** @param offer what a client that registers itself may have at the moment */
    public Registration(
            StoredClients clients,
            Issuer issuer,
            Supplier<Offer> offer,
            SectorIdentifier sectors,
            Admission admission,
            InitialTokens initialTokens,
            ClientAudit audit,
            Clock clock) {
        this.clients = clients;
        this.issuer = issuer;
        this.offer = offer;
        this.sectors = sectors;
        this.admission = admission;
        this.initialTokens = initialTokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** Refuses whoever may not register a client, before anything they say is looked at. */
    void admit(Optional<String> token) throws Refused {
        if (admission == Admission.INITIAL_TOKEN && !initialTokens.isGood(token.orElse(""))) {
            throw unauthorized();
        }
    }

    /** Registers a client; what it says must be right, and uses the token up once it is. */
    Map<String, Object> register(Optional<String> token, Map<String, Object> said, Request request) throws Refused {
        Map<String, Object> metadata = accepted(said, Optional.empty());
        audit.requireAvailable();
        if (admission == Admission.INITIAL_TOKEN && !initialTokens.use(token.orElse(""))) {
            throw unauthorized();
        }
        String own = Secrets.random();
        StoredClient client = StoredClient.of(UUID.randomUUID().toString(), metadata, clock.instant())
                .withRegistrationToken(Secrets.hash(own));
        StoredClients.Issued issued = clients.withFittingSecret(issuer.mount(), client);
        StoredClient now = clients.create(issuer.mount(), issued.client(), "anonymous");
        audit.append("registered", request, "anonymous", now);
        return json(new StoredClients.Issued(now, issued.secret()), own);
    }

    /** The client of that id, if the token is its own; the same answer whether it is not there or the token is another's. */
    StoredClient authenticated(String token, String id) throws Refused {
        Optional<StoredClient> client = clients.stored(issuer.mount(), id);
        List<String> hashes =
                client.flatMap(StoredClient::registrationToken).stream().toList();
        if (!Secrets.matches(hashes, token)) {
            throw unauthorized();
        }
        return client.orElseThrow();
    }

    /** What is registered, without the secret, which nobody knows any more. */
    Map<String, Object> read(String token, String id) throws Refused {
        return json(new StoredClients.Issued(authenticated(token, id), Optional.empty()), token);
    }

    /** Puts what is said in place of what is registered; gives a new token, the one before is used up. */
    Map<String, Object> update(StoredClient client, Map<String, Object> said, Request request) throws Refused {
        if (!client.id().equals(said.get("client_id"))) {
            throw Refused.of("invalid_client_metadata", "The client_id must be there and be that of the client.");
        }
        Object secret = said.get("client_secret");
        if (secret != null && !Secrets.matches(client.client(clock.instant()).secretHashes(), String.valueOf(secret))) {
            throw Refused.of("invalid_client_metadata", "A client does not choose its client_secret.");
        }
        Map<String, Object> metadata = accepted(said, Optional.of(client));
        audit.requireAvailable();
        String own = Secrets.random();
        StoredClients.Issued issued = clients.withFittingSecret(
                issuer.mount(), client.withMetadata(metadata).withRegistrationToken(Secrets.hash(own)));
        StoredClient now = clients.replace(issuer.mount(), issued.client(), client.id());
        audit.append("changed", request, now.id(), now);
        return json(new StoredClients.Issued(now, issued.secret()), own);
    }

    void delete(StoredClient client, Request request) {
        audit.requireAvailable();
        if (clients.delete(issuer.mount(), client.id(), client.id())) {
            audit.append("deleted", request, client.id(), client);
        }
    }

    /**
     * What is kept of what is said. What is registered already is right, whatever was offered then. Who says no scope gets that
     * of the offer to those who register themselves: without one a client may have all that is offered to anybody.
     */
    private Map<String, Object> accepted(Map<String, Object> said, Optional<StoredClient> before) throws Refused {
        Map<String, Object> given =
                ClientMetadata.ofItself(said, before.map(StoredClient::metadata).orElse(Map.of()));
        given.keySet().removeAll(SHOWN);
        Offer offered = offer.get();
        given.putIfAbsent("scope", String.join(" ", new TreeSet<>(offered.scopes())));
        ClientMetadata.Judged judged = new ClientMetadata(offered).judge(given);
        if (before.filter(client -> isUnchanged(client, given, judged)).isPresent()) {
            return judged.metadata();
        }
        List<Fault> faults = new ArrayList<>(judged.faults());
        if (faults.isEmpty()) {
            faults.addAll(sectors.faults(judged.metadata()));
        }
        if (!faults.isEmpty()) {
            boolean isOfRedirect =
                    faults.stream().anyMatch(fault -> fault.member().equals("redirect_uris"));
            throw Refused.of(
                    isOfRedirect ? "invalid_redirect_uri" : "invalid_client_metadata",
                    faults.stream().map(Fault::toString).collect(Collectors.joining(" ")));
        }
        return judged.metadata();
    }

    private static boolean isUnchanged(StoredClient client, Map<String, Object> given, ClientMetadata.Judged judged) {
        return judged.metadata().equals(client.metadata())
                && given.entrySet().stream()
                        .filter(each ->
                                each.getValue() != null && !judged.unknown().contains(each.getKey()))
                        .allMatch(
                                each -> each.getValue().equals(client.metadata().get(each.getKey())));
    }

    private Map<String, Object> json(StoredClients.Issued issued, String token) {
        Map<String, Object> json = ClientJson.of(issued);
        json.put("registration_access_token", token);
        json.put(
                "registration_client_uri",
                issuer.at(RegistrationEndpoint.PATH + "/" + issued.client().id()));
        return json;
    }

    private static Refused unauthorized() {
        return Refused.of("invalid_token", 401, "The access token is missing, expired, used up or of something else.")
                .withHeader("WWW-Authenticate", "Bearer realm=\"OAuth\", error=\"invalid_token\"");
    }
}
