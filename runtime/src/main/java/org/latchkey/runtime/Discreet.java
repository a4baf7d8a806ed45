package org.latchkey.runtime;

import java.util.regex.Pattern;

/** Keeps secrets out of what is shown. When in doubt, a value is not shown. */
final class Discreet {

    static final String HIDDEN = "(set)";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret|credential|token$|api[._-]?key|private[._-]?key).*");

    /** A parameter, as in {@code jdbc:x?user=a&password=b} or {@code -Djavax.net.ssl.keyStorePassword=b}. */
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)([\\w.-]*(?:password|passwd|passphrase|pwd|secret|token|credential)[\\w.-]*=)[^;&\\s]+");

    /** {@code user:password@} in a URL, also where the password has a slash in it. */
    private static final Pattern USER_INFO = Pattern.compile("(//[^/@:\\s]*:)[^@\\s]+@");

    private Discreet() {}

    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** The value of this name as it may be shown: a secret as {@value #HIDDEN}, also a password inside a URL. */
    static String shown(String name, String value) {
        if (isSecret(name) && !value.isEmpty()) {
            return HIDDEN;
        }
        String shown = SECRET_PARAMETER.matcher(value).replaceAll("$1" + HIDDEN);
        return USER_INFO.matcher(shown).replaceAll("$1" + HIDDEN + "@");
    }
}
