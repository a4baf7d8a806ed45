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

    /**
     * What has an index entry whose value starts with {@code prefix}, in the order of values and then of keys (both
     * in code points).
     *
     * @param afterValue value of the last hit of the page before, empty for the first page
     * @param afterKey key of the last hit of the page before, empty for the first page
     */
    List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit);

    /** An index entry's value and the item that has it. */
    record Hit(String value, Item item) {}

    /** The greatest value of a field over all items of a kind, as text. */
    Optional<String> highest(String kind, String field);

    /** The code of the refusal of every commit on a read-only node. */
    String READ_ONLY = "read-only";

    /** Whether this node only reads: {@link #commit} then refuses everything (UNAVAILABLE, {@value #READ_ONLY}). */
    default boolean isReadOnly() {
        return false;
    }

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
