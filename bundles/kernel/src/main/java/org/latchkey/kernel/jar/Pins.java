package org.latchkey.kernel.jar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jars that may run, by what is in them: SHA-256 hashes, as a rule each with the plugin it belongs to. */
final class Pins {

    private static final Pattern PIN = Pattern.compile("(?:([A-Za-z0-9_.-]+)\\s*=\\s*)?([0-9a-fA-F]{64})");
    private static final String ANY_NAME = "";

    private final Map<String, List<String>> hashes = new HashMap<>();

    /** Takes pins of the form {@code symbolic.name=hash} or {@code hash}; of one name there may be several. */
    Pins(List<String> pins) throws Rejection {
        for (String pin : pins) {
            Matcher parts = PIN.matcher(pin.strip());
            if (!parts.matches()) {
                throw TrustSettings.senseless("pins", "\"" + pin + "\" is not symbolic.name=SHA-256");
            }
            String name = parts.group(1) == null ? ANY_NAME : parts.group(1);
            hashes.computeIfAbsent(name, each -> new ArrayList<>())
                    .add(parts.group(2).toLowerCase(Locale.ROOT));
        }
    }

    void refuse(Jar jar) throws Rejection {
        if (of(ANY_NAME).contains(jar.sha256()) || of(jar.symbolicName()).contains(jar.sha256())) {
            return;
        }
        String reason = of(jar.symbolicName()).isEmpty()
                ? "It is not pinned: " + jar.symbolicName() + " is not in the setting pins of "
                : "It is another jar than the one pinned for " + jar.symbolicName() + " in the setting pins of ";
        throw new Rejection(reason + Trust.PID + "; its SHA-256 is " + jar.sha256() + ".");
    }

    private List<String> of(String name) {
        return hashes.getOrDefault(name, List.of());
    }
}
