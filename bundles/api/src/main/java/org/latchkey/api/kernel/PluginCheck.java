package org.latchkey.api.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What would happen to a jar if it were deployed now.
 *
 * @param symbolicName the bundle's, empty if the jar has none
 * @param version the bundle's
 * @param findings what speaks against it, what weighs most first
 * @param replaces the version that serves now and would give way, or empty
 * @param refreshed symbolic names of the bundles that would be wired anew or stopped, besides itself
 * @param extensions the components it would serve with, as far as its descriptions tell
 */
public record PluginCheck(
        String symbolicName,
        String version,
        List<Finding> findings,
        String replaces,
        List<String> refreshed,
        List<String> extensions) {

    /**
     * One thing that speaks against a jar.
     *
     * @param state what becomes of it for that reason: {@code rejected} and {@code superseded} of the whole jar,
     *     {@code idle} of what stands in the cause, while the rest of the jar serves
     * @param cause what is wrong, in one sentence that names it
     * @param fix what to do about it, in one sentence
     */
    public record Finding(String state, String cause, String fix) {

        public static Finding rejected(String cause, String fix) {
            return new Finding("rejected", cause, fix);
        }

        public static Finding superseded(String cause, String fix) {
            return new Finding("superseded", cause, fix);
        }

        public static Finding idle(String cause, String fix) {
            return new Finding("idle", cause, fix);
        }

        /** Its JSON form. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("state", state);
            json.put("cause", cause);
            json.put("fix", fix);
            return json;
        }
    }

    public PluginCheck {
        findings = List.copyOf(findings);
        refreshed = List.copyOf(refreshed);
        extensions = List.copyOf(extensions);
    }

    /** Whether nothing speaks against it: it would serve, with everything in it. */
    public boolean fits() {
        return findings.isEmpty();
    }

    /** Whether it would serve at all, if not with everything in it. */
    public boolean serves() {
        return findings.stream().allMatch(finding -> finding.state().equals("idle"));
    }

    /** Its JSON form, the same in REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbolic_name", symbolicName);
        json.put("version", version);
        json.put("fits", fits());
        json.put("serves", serves());
        json.put("findings", findings.stream().map(Finding::json).toList());
        json.put("replaces", replaces);
        json.put("refreshed", refreshed);
        json.put("extensions", extensions);
        return json;
    }
}
