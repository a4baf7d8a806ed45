package org.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class EntityTest {

    @Test
    public void h06_whatItWasMadeFromMayChangeAndItDoesNot() {
        List<String> values = new ArrayList<>(List.of("a"));
        Map<String, List<String>> kv = new LinkedHashMap<>(Map.of("k", values));
        Set<String> groups = new LinkedHashSet<>(List.of("ops", "dev"));
        Entity entity = new Entity("e", 1, false, false, Map.of(), groups, Set.of(), Map.of(), kv, 1);
        values.add("b");
        kv.clear();
        groups.clear();
        assertThat(entity.kv()).isEqualTo(Map.of("k", List.of("a")));
        assertThat(entity.groups()).containsExactly("ops", "dev");
        assertThatThrownBy(() -> entity.groups().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> entity.kv().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    public void emptyClears() {
        Entity entity = Entity.named("e").withMeta(MetaField.SHELL, "/bin/sh").withKv("k", List.of("v"));
        assertThat(entity.meta(MetaField.SHELL)).isEqualTo("/bin/sh");
        Entity cleared = entity.withMeta(MetaField.SHELL, "").withKv("k", List.of());
        assertThat(cleared).isEqualTo(Entity.named("e"));
        assertThat(cleared.meta(MetaField.SHELL)).isEmpty();
    }

    @Test
    public void itsJsonSaysWhetherThereIsASecretAndNothingOfIt() {
        assertThat(Entity.named("e").withNumber(7).withSecret().json())
                .containsEntry("id", "e")
                .containsEntry("number", 7L)
                .containsEntry("has_secret", true)
                .doesNotContainKey("secret");
    }

    @Test
    public void rootImpliesEveryCapability() {
        assertThat(Capability.LOCK_ENTITY.in(Set.of(Capability.GLOBAL_ROOT))).isTrue();
        assertThat(Capability.GLOBAL_ROOT.in(Set.of(Capability.LOCK_ENTITY))).isFalse();
        assertThat(Capability.of("lock_entity")).contains(Capability.LOCK_ENTITY);
        assertThat(Capability.of("0")).isEmpty();
    }

    @Test
    public void metadataFieldsAreNamedAsInJson() {
        assertThat(MetaField.of("legal_name")).contains(MetaField.LEGAL_NAME);
        assertThat(MetaField.of("LEGAL_NAME")).isEmpty();
        assertThat(MetaField.values()).hasSize(8);
    }
}
