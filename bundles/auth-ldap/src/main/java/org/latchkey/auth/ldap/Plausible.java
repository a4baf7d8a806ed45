package org.latchkey.auth.ldap;

import java.util.Arrays;
import java.util.Optional;
import org.latchkey.api.Secret;

/**
 * What is refused before the directory hears of it. A bind with a name and no secret succeeds without proving anything (RFC
 * 4513, section 5.1.2), and to a server written in C a secret that begins with NUL is none.
 */
final class Plausible {

    private static final int LONGEST_NAME = 256;

    private Plausible() {}

    /** Why the attempt is no attempt, for the audit log. */
    static Optional<String> fault(String name, Secret secret) {
        if (secret.length() == 0) {
            return Optional.of("no secret");
        }
        if (!isName(name)) {
            return Optional.of("the name has control characters, or is too long, or empty");
        }
        char[] chars = secret.chars();
        try {
            return hasControl(chars) ? Optional.of("the secret has control characters") : Optional.empty();
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    /** Whether somebody can be called so. */
    static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME && !hasControl(name.toCharArray());
    }

    private static boolean hasControl(char[] chars) {
        for (char each : chars) {
            if (Character.isISOControl(each)) {
                return true;
            }
        }
        return false;
    }
}
