package org.latchkey.cas.answer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Successes to tell. */
final class TestSuccess {

    static final Instant NOW = Instant.parse("2026-05-04T03:02:01.500Z");

    private TestSuccess() {}

    static Success of(String user, Map<String, List<String>> attributes) {
        return new Success(user, attributes, true, NOW, false, true, Optional.empty(), List.of());
    }

    static Success withoutAttributes(String user) {
        return new Success(
                user, Map.of("mail", List.of("a@example.org")), false, NOW, false, true, Optional.empty(), List.of());
    }

    /** Everything there is to tell. */
    static Success full() {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        attributes.put("mail", List.of("ada@example.org"));
        attributes.put("memberOf", List.of("staff", "R&D"));
        List<String> proxies = List.of("https://second.example/pgt", "https://first.example/pgt");
        return new Success("ada", attributes, true, NOW, true, false, Optional.of("PGTIOU-1-abc"), proxies);
    }
}
