package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a request ended (RFC 4511, 4.1.9). Never a referral: nobody is sent anywhere else.
 *
 * @param result its code
 * @param matched the deepest entry there is above one there is not, else empty
 * @param message for people, may be empty
 * @param controls of the response
 * @param value of an extended response
 */
record Outcome(ResultCode result, String matched, String message, List<Control> controls, Optional<String> value) {

    private static final Logger log = LoggerFactory.getLogger(Outcome.class);

    /** What answers a request. */
    interface Work {
        Outcome run() throws LDAPException;
    }

    static Outcome of(ResultCode result) {
        return new Outcome(result, "", "", List.of(), Optional.empty());
    }

    Outcome with(List<Control> added) {
        return new Outcome(result, matched, message, added, value);
    }

    Outcome with(String given) {
        return new Outcome(result, matched, message, controls, Optional.of(given));
    }

    int code() {
        return result.intValue();
    }

    /** Answers a request unless it insists on a control that nobody knows; a refusal becomes a result. */
    static Outcome of(List<Control> asked, Work work) {
        try {
            refuseUnknown(asked);
            return work.run();
        } catch (LDAPException no) {
            return new Outcome(
                    no.getResultCode(), text(no.getMatchedDN()), text(no.getMessage()), List.of(), Optional.empty());
        } catch (Refusal no) {
            return new Outcome(result(no), "", no.getMessage(), List.of(), Optional.empty());
        } catch (RuntimeException bug) {
            // The library would tell the client what it was.
            log.atError().setCause(bug).log("an LDAP request could not be answered");
            return new Outcome(ResultCode.OTHER, "", "The server failed.", List.of(), Optional.empty());
        }
    }

    private static void refuseUnknown(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.isCritical() && !RootEntry.CONTROLS.contains(control.getOID())) {
                throw new LDAPException(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "There is no such control.");
            }
        }
    }

    private static ResultCode result(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> ResultCode.CONSTRAINT_VIOLATION;
            case UNAUTHENTICATED -> ResultCode.INVALID_CREDENTIALS;
            case DENIED -> ResultCode.INSUFFICIENT_ACCESS_RIGHTS;
            case NOT_FOUND -> ResultCode.NO_SUCH_OBJECT;
            case TOO_LARGE -> ResultCode.ADMIN_LIMIT_EXCEEDED;
            case TOO_MANY -> ResultCode.BUSY;
            case UNAVAILABLE -> ResultCode.UNAVAILABLE;
            case EXISTS, CONFLICT, POLICY -> ResultCode.UNWILLING_TO_PERFORM;
        };
    }

    private static String text(String possiblyNull) {
        return possiblyNull == null ? "" : possiblyNull;
    }
}
