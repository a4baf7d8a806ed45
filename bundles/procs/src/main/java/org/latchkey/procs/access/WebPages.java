package org.latchkey.procs.access;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.http.Request;

/** Tells whether a web page of somebody else has a browser ask (Fetch Standard, 3.2; Fetch Metadata, 2.3). */
final class WebPages {

    private static final Set<String> OUR_OWN = Set.of("same-origin", "none");

    private WebPages() {}

    /** Whether a browser says so. One that says nothing, and what is no browser, does not look like it. */
    static boolean isForeign(Request request) {
        return request.header("Sec-Fetch-Site")
                        .filter(site -> !OUR_OWN.contains(site))
                        .isPresent()
                || request.header("Origin")
                        .filter(origin -> !isOurs(origin, request.header("Host")))
                        .isPresent();
    }

    private static boolean isOurs(String origin, Optional<String> host) {
        return host.filter(
                        name -> origin.equalsIgnoreCase("http://" + name) || origin.equalsIgnoreCase("https://" + name))
                .isPresent();
    }
}
