package org.latchkey.kernel.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The configuration {@code latchkey.trust} as it is now. Whatever is wrong with it, a word nobody knows or a
 * value of another type, is a reason to refuse every jar: a policy that was mistyped must not be no policy.
 */
final class TrustSettings {

    /** Which jars may run. */
    enum Policy {
        ANY,
        PINNED,
        SIGNED
    }

    private static final Set<String> NAMES =
            Set.of("policy", "pins", "trustStore", "trustStorePassword", "revoked", "allowDowngrade");

    private final Dictionary<String, Object> values;
    private final Path etc;

    private TrustSettings(Dictionary<String, Object> values, Path etc) {
        this.values = values;
        this.etc = etc;
    }

    static TrustSettings read(ConfigurationAdmin configurations, Path etc) throws IOException, Rejection {
        Optional<Dictionary<String, Object>> values = find(configurations);
        Path file = etc.resolve(Trust.PID + ".config");
        if (values.isEmpty() && Files.exists(file)) {
            throw new Rejection("No jar is accepted: " + file + " is there but could not be read.");
        }
        TrustSettings settings = new TrustSettings(values.orElseGet(Hashtable::new), etc);
        settings.refuseUnknownNames();
        return settings;
    }

    private static Optional<Dictionary<String, Object>> find(ConfigurationAdmin configurations) throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations("(service.pid=" + Trust.PID + ")");
            return Optional.ofNullable(found).map(each -> each[0].getProperties());
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void refuseUnknownNames() throws Rejection {
        for (String name : Collections.list(values.keys())) {
            boolean ofOthers = name.startsWith("service.") || name.startsWith("felix.") || name.startsWith(":");
            if (!ofOthers && !NAMES.contains(name)) {
                throw senseless(name, "there is no such setting");
            }
        }
    }

    Policy policy() throws Rejection {
        String word = text("policy", "any");
        return switch (word) {
            case "any" -> Policy.ANY;
            case "pinned" -> Policy.PINNED;
            case "signed" -> Policy.SIGNED;
            default -> throw senseless("policy", "\"" + word + "\" is neither any nor pinned nor signed");
        };
    }

    Pins pins() throws Rejection {
        return new Pins(list("pins"));
    }

    Signers signers() throws IOException, Rejection {
        String store = text("trustStore", "");
        if (store.isBlank()) {
            throw senseless("trustStore", "it is not set");
        }
        return Signers.read(etc.resolve(store), text("trustStorePassword", "").toCharArray(), list("revoked"));
    }

    boolean allowDowngrade() throws Rejection {
        Object value = values.get("allowDowngrade");
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value instanceof Boolean allowed) {
            return allowed;
        }
        throw senseless("allowDowngrade", "write B\"true\" or B\"false\"");
    }

    private String text(String name, String otherwise) throws Rejection {
        Object value = Optional.<Object>ofNullable(values.get(name)).orElse(otherwise);
        if (value instanceof String text) {
            return text;
        }
        throw senseless(name, "it is not one text");
    }

    private List<String> list(String name) throws Rejection {
        Object value = Optional.ofNullable(values.get(name)).orElse(List.of());
        if (value instanceof String text) {
            return text.isBlank() ? List.of() : List.of(text);
        }
        if (value instanceof String[] texts) {
            return List.of(texts);
        }
        if (value instanceof Collection<?> texts) {
            return texts.stream().map(String::valueOf).toList();
        }
        throw senseless(name, "it is not a list of texts");
    }

    static Rejection senseless(String name, String why) {
        return new Rejection(
                "No jar is accepted: the setting " + name + " of " + Trust.PID + " is wrong, " + why + ".");
    }
}
