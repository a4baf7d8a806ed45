package org.latchkey.oauth.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.oauth.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what is published at a {@code sector_identifier_uri}: that all redirect URIs of the client are in it, so that nobody
 * joins a sector of somebody else to learn its subjects (OpenID Connect Dynamic Client Registration 1.0, 5).
 */
public final class SectorIdentifier {

    private static final String MEMBER = "sector_identifier_uri";
    private static final Logger LOG = LoggerFactory.getLogger(SectorIdentifier.class);

    private final Documents documents;

    public SectorIdentifier(Documents documents) {
        this.documents = documents;
    }

    /** @param metadata that nothing else is wrong with */
    public List<Fault> faults(Map<String, Object> metadata) {
        if (!(metadata.get(MEMBER) instanceof String uri)) {
            return List.of();
        }
        Optional<List<String>> published = fetched(uri);
        if (published.isEmpty()) {
            return List.of(Fault.of(MEMBER, "An array of redirect URIs cannot be fetched from there."));
        }
        return metadata.get("redirect_uris") instanceof List<?> own
                        && !published.get().containsAll(own)
                ? List.of(Fault.of(MEMBER, "Not all redirect URIs of the client are listed there."))
                : List.of();
    }

    private Optional<List<String>> fetched(String uri) {
        try {
            return Json.texts(documents.fetch(URI.create(uri)));
        } catch (IOException | IllegalArgumentException failed) {
            LOG.atInfo()
                    .addKeyValue("uri", uri)
                    .addKeyValue("reason", failed.getMessage())
                    .log("a sector identifier cannot be fetched");
            return Optional.empty();
        }
    }
}
