package org.latchkey.api.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.kernel.ExtensionInfo;

/**
 * What would run for a login or a change as things are now, in order. The receipt that follows lists the same,
 * or breaks off after one that refused, failed, or (of the authenticators) decided.
 *
 * @param operation that was asked about
 * @param subject the entity or group it would be about
 * @param authenticators who would be asked for a login, recognizers first, until one decides, then the schemes
 *     of further proofs; none for a change
 * @param wouldRun the hooks, in order, up to where the operation would be refused
 * @param ifRejected the hooks that would run after those if the login is rejected
 * @param skipped what is registered and would not be asked, and why
 * @param refusedBy the step that would refuse as things are, empty if none
 * @param reason why it would
 */
public record Explanation(
        String operation,
        String subject,
        List<Expected> authenticators,
        List<Expected> wouldRun,
        List<Expected> ifRejected,
        List<Expected> skipped,
        String refusedBy,
        String reason) {

    /** The step that refuses when an extension that the operator requires is not in service. */
    public static final String REQUIRE_POLICIES = "require-policies";

    /** It would be asked. */
    public static final String RUNS = "runs";

    /** It would not be asked, and the operation would go on. */
    public static final String SKIPPED = "skipped";

    /** It would fail, and the operation be refused; of an authenticator: count as not its account. */
    public static final String FAILS = "fails";

    /**
     * One extension.
     *
     * @param place the hook's place in the operation, or the extension point
     * @param extension its name
     * @param plugin symbolic name of its bundle
     * @param version of its bundle
     * @param expect {@link #RUNS}, {@link #SKIPPED} or {@link #FAILS}
     * @param reason why it does not just run, else empty
     * @param when {@code secret} for a place that is there only if a secret is given, {@code no-secret} for a recognizer, who
     *     is asked before one is, {@code demanded} for a scheme, which is asked afterwards if a rule wants it, else empty
     * @param control the control flag of an authenticator, else empty
     */
    public record Expected(
            String place,
            String extension,
            String plugin,
            String version,
            String expect,
            String reason,
            String when,
            String control) {

        /** What an extension in the chain would do in the state in which it is. */
        public static Expected of(String place, ExtensionInfo info) {
            String expect =
                    switch (info.state()) {
                        case "failed", "stuck", "quarantined" -> info.advisory() ? Explanation.SKIPPED : FAILS;
                        default -> RUNS;
                    };
            return of(place, info, expect, expect.equals(RUNS) ? "" : info.state() + ": " + info.reason());
        }

        /** An extension that would not be asked. */
        public static Expected skipped(ExtensionInfo info, String reason) {
            return of(info.point(), info, Explanation.SKIPPED, reason);
        }

        private static Expected of(String place, ExtensionInfo info, String expect, String reason) {
            Object control = info.properties().getOrDefault("latchkey.control", "");
            return new Expected(
                    place, info.name(), info.bundle(), info.version(), expect, reason, "", control.toString());
        }

        public Expected when(String condition) {
            return new Expected(place, extension, plugin, version, expect, reason, condition, control);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("place", place);
            json.put("extension", extension);
            json.put("plugin", plugin);
            json.put("version", version);
            json.put("expect", expect);
            json.put("reason", reason);
            json.put("when", when);
            json.put("control", control);
            return json;
        }
    }

    public Explanation {
        authenticators = List.copyOf(authenticators);
        wouldRun = List.copyOf(wouldRun);
        ifRejected = List.copyOf(ifRejected);
        skipped = List.copyOf(skipped);
    }

    /** The same with the authenticators that would be asked, and those that would not. */
    public Explanation withAuthenticators(List<Expected> asked, List<Expected> notAsked) {
        List<Expected> all = new ArrayList<>(notAsked);
        all.addAll(skipped);
        return new Explanation(operation, subject, asked, wouldRun, ifRejected, all, refusedBy, reason);
    }

    /** The same refused from the start, so that nothing would run. */
    public Explanation refused(String step, String why) {
        return new Explanation(operation, subject, List.of(), List.of(), List.of(), skipped, step, why);
    }

    /** Its JSON form, the same in REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operation", operation);
        json.put("subject", subject);
        json.put("authenticators", json(authenticators));
        json.put("would_run", json(wouldRun));
        json.put("if_rejected", json(ifRejected));
        json.put("skipped", json(skipped));
        json.put("refused_by", refusedBy);
        json.put("reason", reason);
        return json;
    }

    private static List<Map<String, Object>> json(List<Expected> list) {
        return list.stream().map(Expected::json).toList();
    }
}
