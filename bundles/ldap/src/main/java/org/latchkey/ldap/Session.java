package org.latchkey.ldap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What is known of one connection: who is signed in on it and which searches stopped between two pages. */
final class Session {

    /** How many searches may wait between two pages; of more, the oldest is given up. */
    private static final int MOST_PAGED = 4;

    private final Line line;
    private final Map<String, Paged> paged = new LinkedHashMap<>();
    private Optional<Holder> holder = Optional.empty();

    /**
     * Who is signed in.
     *
     * @param id the entity's name
     * @param dn by which it is known here
     * @param number the entity's, empty if the directory does not know it and a plugin vouches for it
     */
    record Holder(String id, String dn, Optional<Long> number) {}

    /**
     * A search between two pages.
     *
     * @param what it was about, for the next page must be of the same
     * @param reader for whom it was begun
     * @param matches what is left of it
     */
    record Paged(String what, Reader reader, Matches matches) {}

    Session(Line line) {
        this.line = line;
    }

    Line line() {
        return line;
    }

    Optional<Holder> holder() {
        return holder;
    }

    void signIn(Holder who) {
        signOut();
        holder = Optional.of(who);
        line.known(true);
    }

    /** Back to nobody, as after a failed bind (RFC 4513, 4). */
    void signOut() {
        holder = Optional.empty();
        paged.clear();
        line.known(false);
    }

    /** Keeps a search until its next page is asked for, and names it. */
    String keep(Paged search) {
        if (paged.size() >= MOST_PAGED) {
            paged.remove(paged.keySet().iterator().next());
        }
        String cookie = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
        paged.put(cookie, search);
        return cookie;
    }

    /** The search of that name, which is kept no longer. */
    Optional<Paged> take(String cookie) {
        return Optional.ofNullable(paged.remove(cookie));
    }
}
