package org.latchkey.oauth.token;

import java.util.List;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Recognizer;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.oauth.Grant;

/**
 * What vouches for people: the directory, and the authenticators, recognizers and grants of plugins, by their component names. Of
 * one that was taken out, disabled or has lost its configuration, nobody knows any more whether the people are still who they
 * were. One that is there and does not work at the moment counts as there: that is no word against its people.
 */
public final class Sources {

    /** What is kept with an authorization: the component name of the plugin's grant by which it was allowed. */
    static final String GRANT = "granted_by";

    private static final String DIRECTORY = "directory";

    private final List<Extensions<?>> points;

    public Sources(ExtensionPoints points) {
        this.points = List.of(points.of(Authenticator.class), points.of(Recognizer.class), points.of(Grant.class));
    }

    /** Whether that one is there at this moment. */
    boolean isThere(String source) {
        return source.equals(DIRECTORY) || points.stream().anyMatch(point -> has(point, source));
    }

    private static boolean has(Extensions<?> point, String source) {
        return point.links().stream().anyMatch(link -> link.info().name().equals(source)) // costs next to nothing
                || point.list().stream().anyMatch(info -> info.name().equals(source));
    }
}
