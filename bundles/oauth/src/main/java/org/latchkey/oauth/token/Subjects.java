package org.latchkey.oauth.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.Seal;

/**
 * What a client knows somebody by (OpenID Connect Core, 8): their name, as long as nobody had it before, or, for clients that are registered for
 * {@code pairwise}, something that no client of another sector knows them by.
 */
public final class Subjects {

    /** What pairwise subjects are sealed for. */
    public static final String PURPOSE = "subject";

    private final Seal seal;
    private final GivenNames names;
    private final Owners owners;

    /** @param seal for {@link #PURPOSE}; whoever has its secret could tell which pairwise subjects are one person */
    public Subjects(Seal seal, GivenNames names, Owners owners) {
        this.seal = seal;
        this.names = names;
        this.owners = owners;
    }

    /** Of whoever allowed something, whoever has their name by now. */
    public String of(RegisteredClient client, Owner owner) {
        return told(client, names.of(owner.id(), owner.number()));
    }

    /** Of whoever has that name at this moment. */
    public String of(RegisteredClient client, String name) {
        return told(client, names.of(name, owners.standing(name).number()));
    }

    /** The same of a name whose entity may be gone already, of which its last holder is meant. */
    public String ofLast(RegisteredClient client, String name) {
        return owners.standing(name).number() == 0 ? told(client, name) : of(client, name);
    }

    private String told(RegisteredClient client, String owner) {
        return client.client().text("subject_type").filter("pairwise"::equals).isPresent()
                ? pairwise(sector(client), owner)
                : owner;
    }

    /** The host of the sector (8.1). */
    private static String sector(RegisteredClient client) {
        String uri = client.client()
                .text("sector_identifier_uri")
                .orElseGet(() -> client.redirectUris().stream().findFirst().orElse(""));
        String host = URI.create(uri).getHost();
        return host == null ? uri : host;
    }

    private String pairwise(String sector, String owner) {
        String sealed = seal.seal((sector + "\n" + owner).getBytes(StandardCharsets.UTF_8));
        return sealed.substring(sealed.indexOf('.') + 1); // the seal without what it seals
    }
}
