package org.latchkey.api.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What would happen to a jar if it were deployed now.
 *
 * @param symbolicName the bundle's, empty if the jar has none
 * @param version the bundle's
 * @param findings what speaks against it, the cause first; none if it would be installed
 * @param replaces the version that serves now and would give way, or empty
 * @param refreshed symbolic names of the bundles that would be wired anew or stopped, besides itself
 * @param extensions the components it would serve with, as far as its manifest tells
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
     * @param cause what is wrong, in one sentence that names it
     * @param fix what to do about it, in one sentence
     */
    public record Finding(String cause, String fix) {}

    public PluginCheck {
        findings = List.copyOf(findings);
        refreshed = List.copyOf(refreshed);
        extensions = List.copyOf(extensions);
    }

    /** Whether it would be installed. */
    public boolean fits() {
        return findings.isEmpty();
    }

    /** Its JSON form, the same in REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbolic_name", symbolicName);
        json.put("version", version);
        json.put("fits", fits());
        json.put(
                "findings",
                findings.stream()
                        .map(each -> Map.of("cause", each.cause(), "fix", each.fix()))
                        .toList());
        json.put("replaces", replaces);
        json.put("refreshed", refreshed);
        json.put("extensions", extensions);
        return json;
    }
}
