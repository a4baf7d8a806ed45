package org.latchkey.store.sql;

import java.util.List;

/**
 * One step of the schema. Listed here and not looked for on the class path: that would not work in a bundle.
 *
 * @param id its place in the order; what is released never changes
 * @param name of the resource beside this class, in {@code schema/}, without number and ending
 */
record Script(long id, String name) {

    static final List<Script> ALL = List.of(new Script(1, "items"), new Script(2, "entries"));

    static final long NEWEST = ALL.get(ALL.size() - 1).id();

    String resource() {
        return String.format("schema/%04d_%s.sql", id, name);
    }
}
