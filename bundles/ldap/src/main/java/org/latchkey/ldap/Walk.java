package org.latchkey.ldap;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.Page;

/** Goes through a list of the directory page by page, reading a page when it is needed. */
final class Walk<T> implements Iterator<T> {

    static final int PAGE = 200;

    private final Function<String, Page<T>> pages;
    private Optional<String> next = Optional.of("");
    private Iterator<T> page = Collections.emptyIterator();

    /** @param pages gives the page after a cursor, of which the first is empty */
    Walk(Function<String, Page<T>> pages) {
        this.pages = pages;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && next.isPresent()) {
            Page<T> read = pages.apply(next.get());
            page = read.items().iterator();
            next = read.next();
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
