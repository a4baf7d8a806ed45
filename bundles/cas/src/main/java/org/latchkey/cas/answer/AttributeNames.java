package org.latchkey.cas.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of attributes as applications get them, the same in every format.
 *
 * <p>In XML a name becomes an element's. So whatever is not {@code A-Z a-z 0-9 . _ -} becomes {@code _}, and a name that
 * begins with a digit, a point or a hyphen gets a {@code _} in front: {@code urn:oid:2.5.4.4} is told as
 * {@code urn_oid_2.5.4.4}. Should another attribute have that very name, it is the one that is told; of several that come
 * to the same name the first is.
 *
 * <p>Left out is what has a name of the protocol's own. Some clients look for {@code user} and its kin at any depth, and an
 * attribute of such a name would say who somebody is.
 */
final class AttributeNames {

    private static final Set<String> RESERVED = Set.of(
            "serviceResponse",
            "authenticationSuccess",
            "authenticationFailure",
            "proxySuccess",
            "proxyFailure",
            "user",
            "attributes",
            "proxies",
            "proxy",
            "proxyTicket",
            "proxyGrantingTicket",
            "authenticationDate",
            "longTermAuthenticationRequestTokenUsed",
            "isFromNewLogin");

    private AttributeNames() {}

    /** The attributes that are told, each with at least one value, by the names under which they are. */
    static Map<String, List<String>> told(Map<String, List<String>> attributes) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        attributes.forEach((name, values) -> {
            String safe = safe(name);
            boolean taken = !safe.equals(name) && attributes.containsKey(safe);
            if (!taken && !values.isEmpty() && !RESERVED.contains(safe)) {
                told.putIfAbsent(safe, values);
            }
        });
        return told;
    }

    private static String safe(String name) {
        boolean fine = !name.isEmpty() && begins(name.charAt(0));
        for (int i = 0; fine && i < name.length(); i++) {
            fine = continues(name.charAt(i));
        }
        return fine ? name : cleaned(name);
    }

    private static String cleaned(String name) {
        StringBuilder safe = new StringBuilder(name.length() + 1);
        name.codePoints().forEach(c -> safe.append(continues(c) ? (char) c : '_'));
        if (safe.isEmpty() || !begins(safe.charAt(0))) {
            safe.insert(0, '_');
        }
        return safe.toString();
    }

    private static boolean begins(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean continues(int c) {
        return begins(c) || c >= '0' && c <= '9' || c == '.' || c == '-';
    }
}
