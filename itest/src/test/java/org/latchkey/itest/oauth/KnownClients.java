package org.latchkey.itest.oauth;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latchkey.itest.server.PluginJar;

/** Builds a plugin that knows some clients. */
public final class KnownClients {

    public static final String NAME = "org.example.clients";

    private final Map<String, String> sources = new LinkedHashMap<>();

    /** Adds a public client, or one that has keys. */
    public KnownClients with(String id, Map<String, Object> metadata) {
        return with(id, metadata, List.of());
    }

    /** Adds one that has secrets. */
    public KnownClients with(String id, Map<String, Object> metadata, List<String> secrets) {
        List<String> hashes = secrets.stream().map(KnownClients::hash).toList();
        sources.put(
                id,
                "new Client(" + literal(id) + ", " + literal(metadata) + ", List.<String>of("
                        + hashes.stream().map(KnownClients::literal).collect(Collectors.joining(", "))
                        + "), false, Set.of())");
        return this;
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The Java expression for a JSON value. */
    private static String literal(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(each -> "Map.<String, Object>entry(" + literal(each.getKey()) + ", " + literal(each.getValue())
                            + ")")
                    .collect(Collectors.joining(", ", "Map.<String, Object>ofEntries(", ")"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(KnownClients::literal).collect(Collectors.joining(", ", "List.<Object>of(", ")"));
        }
        return value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : String.valueOf(value);
    }

    public Path jar() {
        String cases = sources.entrySet().stream()
                .map(each -> "case " + literal(each.getKey()) + ": return Optional.of(" + each.getValue() + ");\n")
                .collect(Collectors.joining());
        return PluginJar.named(NAME).source("Known", """
                import org.latchkey.api.oauth.*;
                @Component
                public final class Known implements ClientRegistry {
                    @Override public Optional<Client> find(String instance, String id) {
                        switch (id) {
                """ + cases + """
                            default: return Optional.empty();
                        }
                    }
                }
                """).build();
    }
}
