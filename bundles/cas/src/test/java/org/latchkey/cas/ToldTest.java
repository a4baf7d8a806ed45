package org.latchkey.cas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Claims;
import org.latchkey.api.cas.Service;

public class ToldTest {

    private static final Claims CLAIMS =
            new Claims(Set.of("staff"), Map.of("mail", List.of("ada@example.org", "a b\nc"), "empty", List.of("")));

    private static Service service(String... attributes) {
        return new Service(
                "s",
                "https://s.example/",
                Service.Match.EXACT,
                "",
                Service.Logout.NONE,
                "",
                Set.of(attributes),
                false,
                Set.of(),
                "");
    }

    @Test
    public void row57_aServiceIsToldTheAttributesItMayKnow() {
        String written = Told.written(CLAIMS);
        assertThat(Told.to(service("mail"), written)).containsOnlyKeys("mail");
        assertThat(Told.to(service(), written)).isEmpty();
        assertThat(Told.to(service("*"), written))
                .containsEntry("memberOf", List.of("staff"))
                .containsEntry("mail", List.of("ada@example.org", "a b\nc"))
                .containsEntry("empty", List.of(""));
    }

    @Test
    public void whoeverHasNoClaimsIsToldOfByNameAlone() {
        assertThat(Told.to(service("*"), Told.written(Claims.NONE))).isEmpty();
    }
}
