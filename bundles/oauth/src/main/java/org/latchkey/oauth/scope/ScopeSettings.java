package org.latchkey.oauth.scope;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.service.Sessions;

/**
 * The settings of a scope, as far as they make sense.
 *
 * @param instance the mount they are about, empty for all
 * @param titles by language; under the empty one for all others
 * @param rule none if they make no sense
 * @param faults all that is wrong with them
 */
record ScopeSettings(
        String scope, String instance, Map<String, String> titles, Optional<ScopeRule> rule, List<String> faults) {

    private static final Pattern SCOPE = Pattern.compile("[!-~&&[^\"\\\\]]{1,256}");
    private static final Pattern GROUP =
            Pattern.compile("([A-Za-z0-9-]{1,32})=([0-9]{1,3}):([a-z0-9-]{1,32}(?:,[a-z0-9-]{1,32})*)");
    private static final Pattern TITLE = Pattern.compile("(en|de|fr|es)=(.*)", Pattern.DOTALL);

    private static final Set<String> KNOWN = Set.of(
            "name",
            "instance",
            "title",
            "password",
            "passwordSeconds",
            "schemes",
            "schemeSeconds",
            "schemeUses",
            "groups");

    /** @param properties of the configuration, among which a setting that nobody knows is a mistake */
    static ScopeSettings of(ConfiguredScope.Config config, Map<String, Object> properties) {
        List<String> faults = new ArrayList<>();
        properties.keySet().stream()
                .filter(key -> !key.contains(".") && !KNOWN.contains(key))
                .sorted()
                .forEach(key -> faults.add("There is no setting \"" + key + "\"."));
        String scope = Objects.requireNonNullElse(config.name(), "").strip();
        if (!SCOPE.matcher(scope).matches()) {
            faults.add("The name is no scope.");
        }
        for (int number : new int[] {config.passwordSeconds(), config.schemeSeconds(), config.schemeUses()}) {
            if (number < 0) {
                faults.add("The number " + number + " is negative.");
            }
        }
        if (config.passwordSeconds() > 0 && !config.password()) {
            faults.add("passwordSeconds needs password.");
        }
        List<SchemeGroup> groups = groups(List.of(config.schemes()), faults);
        ScopeRule rule = new ScopeRule(
                config.password(),
                Duration.ofSeconds(config.passwordSeconds()),
                groups,
                Duration.ofSeconds(config.schemeSeconds()),
                config.schemeUses(),
                new TreeSet<>(List.of(config.groups())));
        return new ScopeSettings(
                scope,
                config.instance().strip(),
                titles(config.title()),
                faults.isEmpty() ? Optional.of(rule) : Optional.empty(),
                List.copyOf(faults));
    }

    private static List<SchemeGroup> groups(List<String> lines, List<String> faults) {
        List<SchemeGroup> groups = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (String line : lines) {
            Matcher parts = GROUP.matcher(line.replaceAll("\\s", ""));
            if (!parts.matches()) {
                faults.add("\"" + line + "\" is not of the form NAME=N:SCHEME,SCHEME.");
                continue;
            }
            Set<String> schemes = new TreeSet<>(List.of(parts.group(3).split(",")));
            int required = Integer.parseInt(parts.group(2));
            if (required < 1 || required > schemes.size()) {
                faults.add("Of the group " + parts.group(1) + " not " + required + " schemes can be proved.");
            }
            if (schemes.contains(Sessions.PASSWORD)) {
                faults.add("A password is no scheme; it has a setting of its own.");
            }
            if (!names.add(parts.group(1))) {
                faults.add("There are two groups " + parts.group(1) + ".");
            }
            groups.add(new SchemeGroup(parts.group(1), schemes, required));
        }
        return groups;
    }

    private static Map<String, String> titles(String[] lines) {
        Map<String, String> titles = new HashMap<>();
        for (String line : lines) {
            Matcher parts = TITLE.matcher(line.strip());
            if (parts.matches()) {
                titles.put(parts.group(1), parts.group(2).strip());
            } else {
                titles.put("", line.strip());
            }
        }
        return Map.copyOf(titles);
    }

    boolean isAbout(String mount, String name) {
        return scope.equals(name) && (instance.isEmpty() || instance.equals(mount));
    }
}
