package org.latchkey.directory.search;

import org.latchkey.api.store.Store.Hit;

/**
 * How far a search has come.
 *
 * @param source number of the source that is being read
 * @param value of the last hit, empty at the beginning of a source and where hits have none
 * @param key of the last hit, empty at the beginning of a source
 */
record Position(int source, String value, String key) {

    static final Position START = new Position(0, "", "");

    Position at(Hit hit) {
        return new Position(source, hit.value(), hit.item().key());
    }

    Position atNextSource() {
        return new Position(source + 1, "", "");
    }
}
