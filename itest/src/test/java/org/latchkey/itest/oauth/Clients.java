package org.latchkey.itest.oauth;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.latchkey.itest.server.PluginJar;

/** A plugin that knows clients: a registry with no more than a test needs. */
public final class Clients {

    /** The secret of every confidential client. */
    public static final String SECRET = "s3cret-of-the-test-client-0123456789";

    private final Map<String, String> metadata = new TreeMap<>();

    /** @param metadata the arguments of a {@code Map.of}, in Java */
    public Clients with(String id, String metadata) {
        this.metadata.put(id, metadata);
        return this;
    }

    public Path jar() {
        StringBuilder known = new StringBuilder();
        metadata.forEach((id, members) -> known.append("known.put(\"")
                .append(id)
                .append("\", Map.of(")
                .append(members)
                .append("));\n"));
        return PluginJar.named("org.example.clients")
                .source("Known", """
                import java.nio.charset.StandardCharsets;
                import java.security.MessageDigest;
                import org.latchkey.api.oauth.*;
                @Component
                public final class Known implements ClientRegistry {
                    private final Map<String, Map<String, Object>> known = new HashMap<>();
                    private final String hash;
                    @Activate public Known() throws Exception {
                        hash = Base64.getUrlEncoder().withoutPadding().encodeToString(
                                MessageDigest.getInstance("SHA-256").digest("%s".getBytes(StandardCharsets.UTF_8)));
                        %s
                    }
                    @Override public Optional<Client> find(String instance, String id) {
                        return Optional.ofNullable(known.get(id)).map(metadata -> new Client(
                                id, metadata, List.of(hash), id.startsWith("trusted"), Set.of()));
                    }
                }
                """.formatted(SECRET, known))
                .build();
    }
}
