package org.latchkey.api.store;

/** One change within a {@link Store#commit}. */
public sealed interface Write {

    /** Stores the item as version + 1, if the stored version is still the item's; 0 means it must be new. */
    record Put(Item item) implements Write {}

    /** Removes the item of that kind and key, if the stored version is still this one. */
    record Delete(String kind, String key, long version) implements Write {}
}
