package org.latchkey.api.service;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionInfo;

/**
 * Which extensions ran for one operation, and what came of it. Never carries a secret, a hash or a token.
 *
 * @param at when the operation ended
 * @param operation name of its table of steps, such as {@code entity-create}; {@code sign-in} for the
 *     authenticators, {@code authorization} for the authorizers that were asked
 * @param requestId ties together everything that one request caused
 * @param actor who asked for it
 * @param subject the entity or group it was about
 * @param address where the actor came from
 * @param outcome {@link #OK}, {@code refused:<code>} or {@link #FAILED}
 * @param ran what ran, in that order; of an operation that was tried again, only the try that counted
 * @param micros how long each place of hooks took in all, in microseconds
 */
public record Receipt(
        Instant at,
        String operation,
        String requestId,
        String actor,
        String subject,
        String address,
        String outcome,
        List<Ran> ran,
        Map<String, Long> micros) {

    /** It did what it should; an authorizer permitted. */
    public static final String OK = "ok";

    /** It returned another value than it was given. */
    public static final String CHANGED = "changed";

    /** It threw something other than a refusal, was late, in quarantine, or answered nonsense. */
    public static final String FAILED = "failed";

    /** It failed, and the operator set it to be advisory. */
    public static final String SKIPPED = "skipped";

    /** An authorizer denied. */
    public static final String DENIED = "denied";

    /** An authenticator accepted, or a recognizer recognized. */
    public static final String ACCEPTED = "accepted";

    /** An authenticator rejected. */
    public static final String REJECTED = "rejected";

    /** An authenticator did not know the name, a recognizer found nothing to judge, or an authorizer abstained. */
    public static final String NOT_MINE = "not-mine";

    private static final int LONGEST_CODE = 64;
    private static final Pattern NO_CODE = Pattern.compile("[^a-z0-9._-]+");

    /**
     * One extension that ran.
     *
     * @param place the hook's place in the operation, such as {@code PreAuthCheck}, or the extension point
     * @param extension its name
     * @param plugin symbolic name of its bundle
     * @param version of its bundle
     * @param verdict one of the constants of {@link Receipt}, or {@code refused:<code>}
     */
    public record Ran(String place, String extension, String plugin, String version, String verdict) {

        static Ran of(String place, ExtensionInfo info, String verdict) {
            return new Ran(place, info.name(), info.bundle(), info.version(), verdict);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("place", place);
            json.put("extension", extension);
            json.put("plugin", plugin);
            json.put("version", version);
            json.put("verdict", verdict);
            return json;
        }
    }

    public Receipt {
        ran = List.copyOf(ran);
        micros = Collections.unmodifiableMap(new LinkedHashMap<>(micros));
    }

    /** The verdict or outcome of a refusal for this reason, which is made a code if it is none: plugins choose it too. */
    public static String refused(String reason) {
        String code = NO_CODE.matcher(reason.toLowerCase(Locale.ROOT)).replaceAll("-");
        return "refused:" + code.substring(0, Math.min(LONGEST_CODE, code.length()));
    }

    public static String refused(Refusal refusal) {
        return refused(refusal.code());
    }

    /** The entry of the audit log that holds it. */
    public AuditEvent event() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("outcome", outcome);
        details.put("ran", ran.stream().map(Ran::json).toList());
        details.put("micros", micros);
        return new AuditEvent(at, operation, requestId, actor, subject, address, details);
    }
}
