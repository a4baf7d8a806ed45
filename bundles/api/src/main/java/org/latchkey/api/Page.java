package org.latchkey.api;

import java.util.List;
import java.util.Optional;

/**
 * One page of a longer list.
 *
 * @param items in the order of the list
 * @param next the cursor of the following page, absent on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }
}
