package org.latchkey.itest.oauth;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.latchkey.itest.server.PluginJar;

/** A plugin that knows clients: each with one secret, trusted, and with the metadata that a test gives it. */
public final class LogoutClients {

    /** The secret of each. */
    public static final String SECRET = "a secret for the clients of these tests";

    private final Map<String, String> cases = new LinkedHashMap<>();

    /** @param metadata Java expressions by name */
    public LogoutClients with(String id, Map<String, String> metadata) {
        String entries = metadata.entrySet().stream()
                .map(each -> "Map.entry(\"" + each.getKey() + "\", " + each.getValue() + ")")
                .collect(Collectors.joining(", "));
        cases.put(id, "Map.<String, Object>ofEntries(" + entries + ")");
        return this;
    }

    /** The jar of a plugin of that name. */
    public Path jar(String name) {
        String known = cases.entrySet().stream()
                .map(each -> "if (id.equals(\"" + each.getKey() + "\")) return Optional.of(new Client(id, "
                        + each.getValue() + ", List.of(\"" + Party.challenge(SECRET) + "\"), true, Set.of()));\n")
                .collect(Collectors.joining());
        return PluginJar.named(name).source("Known", """
                import org.latchkey.api.oauth.*;
                @Component
                public final class Known implements ClientRegistry {
                    @Override public Optional<Client> find(String instance, String id) {
                """ + known + """
                        return Optional.empty();
                    }
                }
                """).build();
    }
}
