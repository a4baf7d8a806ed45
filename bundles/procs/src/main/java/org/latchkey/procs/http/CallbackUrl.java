package org.latchkey.procs.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.latchkey.api.Refusal;

/** The URL where the end of a run is told. Whether it may be called is decided by what calls it. */
final class CallbackUrl {

    private CallbackUrl() {}

    /** @throws Refusal (INVALID) unless it is empty, or a plain http or https URL */
    static String checked(String pointer, String url) {
        if (url.isEmpty()) {
            return url;
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null) {
                throw Refusal.invalid(pointer, "This must be an http or https URL without user and fragment.");
            }
            return url;
        } catch (URISyntaxException malformed) {
            throw Refusal.invalid(pointer, "This is no URL.");
        }
    }
}
