package org.latchkey.api.extension;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param id unique, the same on every delivery
 * @param type such as {@code entity.created}
 * @param at when it was stored
 * @param actor who caused it
 * @param content what happened, without any secret
 */
public record Notice(String id, String type, Instant at, String actor, Map<String, String> content) {

    public Notice {
        content = Map.copyOf(content);
    }
}
