package org.latchkey.oauth.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.latchkey.oauth.Refused;

/** The servers that a token is for, by their resource indicators (RFC 8707). */
public final class Audience {

    private static final int MOST = 10;

    private Audience() {}

    /** Those asked for at the token endpoint; they must be among those that were asked for before, if any were. */
    public static List<String> within(List<String> allowed, List<String> asked) throws Refused {
        requireSound(asked);
        if (!allowed.isEmpty() && !allowed.containsAll(asked)) {
            throw Refused.of("invalid_target", "This resource was not asked for before.");
        }
        return asked.isEmpty() ? allowed : asked;
    }

    /** Refuses what is no absolute URI, or has a fragment. */
    public static void requireSound(List<String> resources) throws Refused {
        for (String resource : resources) {
            if (!isSound(resource) || resources.size() > MOST) {
                throw Refused.of("invalid_target", "A resource has to be an absolute URI without a fragment.");
            }
        }
    }

    private static boolean isSound(String resource) {
        try {
            URI uri = new URI(resource);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
