package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.Optional;

/**
 * Whether Active Directory lets an account be used. It refuses the bind of most that may not; a copy, or a proxy in front
 * of it, may not know. What cannot be read as a number is a no.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/adschema/a-useraccountcontrol">User-Account-Control</a>
 */
final class AccountState {

    static final List<String> ATTRIBUTES = List.of("userAccountControl", "msDS-User-Account-Control-Computed");

    private static final int DISABLED = 0x2;
    private static final int LOCKED_OUT = 0x10;
    private static final int SECRET_EXPIRED = 0x800000;

    private AccountState() {}

    /** Why the account may not be used, for the audit log. */
    static Optional<String> fault(Entry entry) {
        return ATTRIBUTES.stream()
                .filter(entry::hasAttribute)
                .flatMap(attribute -> fault(attribute, entry.getAttributeValue(attribute)).stream())
                .findFirst();
    }

    private static Optional<String> fault(String attribute, String value) {
        int flags;
        try {
            flags = Integer.parseInt(value);
        } catch (NumberFormatException unreadable) {
            return Optional.of(attribute + " is no number");
        }
        if ((flags & DISABLED) != 0) {
            return Optional.of("the account is disabled");
        }
        if ((flags & LOCKED_OUT) != 0) {
            return Optional.of("the account is locked out");
        }
        return (flags & SECRET_EXPIRED) != 0 ? Optional.of("the secret has expired") : Optional.empty();
    }
}
