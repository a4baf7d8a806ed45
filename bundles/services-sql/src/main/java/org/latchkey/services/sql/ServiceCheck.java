package org.latchkey.services.sql;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Service;

/**
 * Refuses what can never work, with a pointer to it. The CAS server is stricter about patterns, see
 * {@code bundles/cas/docs/registries.md}: what it cannot use it leaves out and says so in the log.
 */
final class ServiceCheck {

    private static final int LONGEST = 2_048;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
    private static final Pattern WEB = Pattern.compile("(?i)https?:.*", Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("[^\\s\\p{C}]+");

    private ServiceCheck() {}

    static void name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid(
                    "/name", "A name has letters, digits, and ._- and spaces inside, and at most 100 characters.");
        }
    }

    static void of(Service service) {
        String url = service.url();
        if (url.length() > LONGEST || !PLAIN.matcher(url).matches()) {
            throw Refusal.invalid(
                    "/url", "A url has no spaces and control characters, and at most " + LONGEST + " characters.");
        }
        switch (service.match()) {
            case EXACT -> {
                if (WEB.matcher(url).matches()) {
                    web("/url", url);
                }
            }
            case PREFIX -> web("/url", url);
            case PATTERN -> pattern(url);
        }
        if (!service.logoutUrl().isEmpty()) {
            web("/logout_url", service.logoutUrl());
        }
    }

    private static void web(String pointer, String url) {
        try {
            URI uri = new URI(url);
            if (!WEB.matcher(url).matches()
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null) {
                throw Refusal.invalid(pointer, "This must be an http or https URL without user and fragment.");
            }
        } catch (URISyntaxException malformed) {
            throw Refusal.invalid(pointer, "This is no URL.");
        }
    }

    private static void pattern(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException malformed) {
            throw Refusal.invalid("/url", "This is no pattern: " + malformed.getDescription() + ".");
        }
    }
}
