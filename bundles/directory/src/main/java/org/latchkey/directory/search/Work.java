package org.latchkey.directory.search;

import org.latchkey.api.store.Item;

/**
 * What one page may cost: eight hundred things of ordinary size looked at, fewer if they are large or the query is long.
 * Counted and not timed, so that a busy machine gives the same pages.
 */
final class Work {

    private static final long MOST = 800;

    /** Characters of a thing, times characters to look for, that cost as much as reading it from the store. */
    private static final long COMPARED = 1 << 16;

    /** Reading a thing costs as much as comparing it with so many characters. */
    private static final long READING = 64;

    private final long effort;
    private long left = MOST;

    Work(String query) {
        this.effort = READING + query.length();
    }

    boolean isDone() {
        return left <= 0;
    }

    void lookAt(Item item) {
        left -= 1 + item.body().length() * effort / COMPARED;
    }
}
