package org.latchkey.oauth.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.Seal;

/**
 * What a client knows somebody by (OpenID Connect Core, 8): their name, or, for clients that are registered for
 * {@code pairwise}, something that no client of another sector knows them by.
 */
public final class Subjects {

    /** What pairwise subjects are sealed for. */
    public static final String PURPOSE = "subject";

    private final Seal seal;

    /** @param seal for {@link #PURPOSE}; whoever has its secret could tell which pairwise subjects are one person */
    public Subjects(Seal seal) {
        this.seal = seal;
    }

    public String of(RegisteredClient client, String owner) {
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
