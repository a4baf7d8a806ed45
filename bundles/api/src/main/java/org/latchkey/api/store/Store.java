package org.latchkey.api.store;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps every kind of object: a JSON body under a kind and a key, with a version and index entries. A new
 * kind costs a backend nothing. What {@link #commit} has acknowledged survives the death of the process.
 * Any method refuses with {@code UNAVAILABLE} while the database cannot be reached; when {@link #commit} does,
 * whether it took place is unknown. What exceeds the limits of {@link Item} is refused with {@code TOO_LARGE},
 * an empty key or what is no Unicode text with {@code INVALID}, in reads too. A limit below 1 finds nothing.
 */
@ProviderType
public interface Store {

    Optional<Item> get(String kind, String key);

    /** Items whose key starts with {@code prefix} and comes after {@code after}, by key (in code points). */
    List<Item> list(String kind, String prefix, String after, int limit);

    /** Items that have this index entry, and a key after {@code after}, by key. */
    List<Item> find(String kind, String field, String value, String after, int limit);

    /** The greatest value of a field over all items of a kind, as text. */
    Optional<String> highest(String kind, String field);

    /** Does all of the writes or none; an item may be written twice. A stale version is reported first. */
    void commit(List<Write> writes) throws Conflict;

    /** Somebody else was faster, or a unique index entry is taken. Nothing was stored. */
    final class Conflict extends Exception {

        private static final long serialVersionUID = 1L;

        /** The field whose unique value is taken, or empty if the version was stale. */
        private final String field;

        public Conflict(String field, String message) {
            super(message, null, false, false);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }
}
