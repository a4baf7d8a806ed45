package org.latchkey.runtime.procs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** The YAML of Proctor's files: one mapping from names to texts. A number stays as it is written, {@code 007} as well. */
final class FlatYaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SPECIAL = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private FlatYaml() {}

    /** @throws ClientFailure naming the file, if it is anything else */
    static Map<String, String> read(String text, String file) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setTagConstructors(Map.of(Tag.NULL, nothing -> ""))
                .setLabel(file)
                .build();
        Object root;
        try {
            root = new Load(settings).loadFromString(text);
        } catch (YamlEngineException malformed) {
            throw ClientFailure.refused(file + " is no YAML: " + Terminal.plain(malformed.getMessage()));
        }
        if (root == null || "".equals(root)) {
            return Map.of();
        }
        if (!(root instanceof Map<?, ?> mapping)) {
            throw ClientFailure.refused(file + " has to be lines of the form NAME: VALUE");
        }
        Map<String, String> flat = new LinkedHashMap<>();
        mapping.forEach((name, value) -> flat.put(scalar(name, file), scalar(value, file)));
        return flat;
    }

    private static String scalar(Object value, String file) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw ClientFailure.refused(file + " has to be lines of the form NAME: VALUE, without lists or maps in it");
    }

    /** One line of it. */
    static String line(String name, String value) {
        boolean plain = PLAIN.matcher(name).matches() && !SPECIAL.matcher(name).matches();
        return (plain ? name : quoted(name)) + ": " + quoted(value) + "\n";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
