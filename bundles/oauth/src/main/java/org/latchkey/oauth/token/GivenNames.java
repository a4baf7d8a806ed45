package org.latchkey.oauth.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Remembers for good whom a name was told of first, so that a subject is never given to somebody else (OpenID Connect Core, 2):
 * whoever gets the name of an entity that is gone is told of by the name and their number.
 */
public final class GivenNames {

    private static final String KIND = "oauth.subject";

    /** No name of an entity has it. */
    private static final String BEFORE_NUMBER = "~";

    private final Store store;
    private final String prefix;

    /** @param instance the mount of the instance */
    public GivenNames(Store store, String instance) {
        this.store = store;
        this.prefix = instance + "/";
    }

    /**
     * What somebody is called.
     *
     * @param number of their entity, 0 if they have none here
     */
    String of(String name, long number) {
        String holder = number + " " + name;
        String candidate = name;
        while (!isHeldBy(candidate, holder)) {
            candidate = candidate + BEFORE_NUMBER + number;
        }
        return candidate;
    }

    /** Whether it is theirs; nobody's becomes theirs, unless nothing can be written here. */
    private boolean isHeldBy(String candidate, String holder) {
        Optional<Item> held = store.get(KIND, key(candidate));
        if (held.isPresent() || store.isReadOnly()) {
            return held.map(item -> item.body().equals(holder)).orElse(true);
        }
        try {
            store.commit(List.of(new Write.Put(new Item(KIND, key(candidate), 0, holder, List.of()))));
            return true;
        } catch (Store.Conflict faster) {
            return isHeldBy(candidate, holder);
        }
    }

    /** Names of elsewhere may be longer than keys. */
    private String key(String candidate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(candidate.getBytes(StandardCharsets.UTF_8));
            return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
