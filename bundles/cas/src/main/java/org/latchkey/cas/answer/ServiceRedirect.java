package org.latchkey.cas.answer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The URL back to an application. Its own query and fragment stay as they are, the fragment last; what is encoded is not
 * encoded again. A {@code ticket} in its query is taken out: it is from an earlier round, and clients read the first.
 */
public final class ServiceRedirect {

    private static final String PARAMETER = "ticket";
    private static final String UNSAFE = " \"<>\\";

    private ServiceRedirect() {}

    /** The way back with a ticket, which needs no encoding. */
    public static String with(String service, String ticket) {
        return with(service, PARAMETER, ticket);
    }

    /** The same with another name for the ticket, as SAML 1.1 has it. */
    public static String with(String service, String parameter, String ticket) {
        return build(service, parameter + "=" + ticket);
    }

    /** The way back without any (CAS 3.0.3, section 2.1.1, {@code gateway}). */
    public static String without(String service) {
        return build(service, "");
    }

    private static String build(String service, String ticket) {
        int hash = service.indexOf('#');
        String fragment = hash < 0 ? "" : service.substring(hash);
        String address = hash < 0 ? service : service.substring(0, hash);
        int mark = address.indexOf('?');
        String path = mark < 0 ? address : address.substring(0, mark);
        String query = mark < 0 ? "" : others(address.substring(mark + 1));
        String joined = query + (query.isEmpty() || ticket.isEmpty() ? "" : "&") + ticket;
        return safe(path + (joined.isEmpty() ? "" : "?" + joined) + fragment);
    }

    private static String others(String query) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.isEmpty() && !isTicket(parameter))
                .collect(Collectors.joining("&"));
    }

    private static boolean isTicket(String parameter) {
        String name = parameter.split("=", 2)[0];
        try {
            return PARAMETER.equals(URLDecoder.decode(name, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return false;
        }
    }

    /** Encodes what no URL may have, above all what would end the line of a header. */
    private static String safe(String url) {
        if (url.chars().noneMatch(ServiceRedirect::isUnsafe)) {
            return url;
        }
        StringBuilder safe = new StringBuilder();
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (isUnsafe(c)) {
                safe.append(String.format("%%%02X", c));
            } else {
                safe.append((char) c);
            }
        }
        return safe.toString();
    }

    private static boolean isUnsafe(int c) {
        return c < ' ' || c >= 0x7F || UNSAFE.indexOf(c) >= 0;
    }
}
