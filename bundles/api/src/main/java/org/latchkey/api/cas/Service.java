package org.latchkey.api.cas;

import java.util.Set;

/**
 * An application that people sign in to (jscas: {@code name, url, comment, slo, sloType, sloUrl}).
 *
 * @param name unique
 * @param url what its service URLs are compared with
 * @param match how
 * @param logout how it is told that somebody signed out
 * @param logoutUrl where it is told that, empty for the service URL of the sign-in
 * @param attributes which attributes it is told; {@code *} stands for all
 * @param proxies whether it may ask for proxy-granting tickets
 * @param groups who may sign in to it: members of any of these; none means everybody
 * @param theme the theme of its pages, empty for none
 */
public record Service(
        String name,
        String url,
        Match match,
        String comment,
        Logout logout,
        String logoutUrl,
        Set<String> attributes,
        boolean proxies,
        Set<String> groups,
        String theme) {

    /** How a URL is compared. */
    public enum Match {
        /**
         * The very same URL, but for a session id in its path, its fragment, and its query unless {@code url} has one. What
         * is no URL of the web is compared as a text.
         */
        EXACT,
        /** The same scheme, host and port, and a path that begins with this one's, segment by segment. */
        PREFIX,
        /**
         * A regular expression for the whole of the URL without query and fragment. It has {@code ://} and a path outside of
         * groups: scheme, host and path are each matched by their part of it, so that none can stand for another.
         */
        PATTERN
    }

    /** How it is told that somebody signed out. */
    public enum Logout {
        NONE,
        BACK_CHANNEL,
        FRONT_CHANNEL
    }

    public Service {
        attributes = Set.copyOf(attributes);
        groups = Set.copyOf(groups);
    }
}
