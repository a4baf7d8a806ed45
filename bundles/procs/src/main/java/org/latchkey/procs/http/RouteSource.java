package org.latchkey.procs.http;

/** Something that has routes of its own. */
@FunctionalInterface
public interface RouteSource {

    void addTo(Routes routes);
}
