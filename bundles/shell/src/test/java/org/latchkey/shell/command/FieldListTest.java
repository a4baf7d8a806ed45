package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;

public class FieldListTest {

    private static final Entity ADA =
            Entity.named("ada").withMeta(MetaField.SHELL, "/bin/sh").withKv("phone", List.of("1", "2"));

    private static Optional<FieldList> fields(String given, Map<String, Object> json) {
        return FieldList.of(new Arguments(List.of(), Map.of("fields", given)), json.keySet());
    }

    @Test
    public void picksInTheirOrderAndLeavesOutWhatIsNotSet() {
        assertThat(fields("shell,id,meta.shell,kv.phone,kv.room,gecos", ADA.json())
                        .orElseThrow()
                        .of(ADA.json()))
                .isEqualTo(Map.of(
                        "shell", "/bin/sh", "id", "ada", "meta.shell", "/bin/sh", "kv.phone", List.of("1", "2")));
    }

    @Test
    public void withoutTheOptionThereIsNoList() {
        assertThat(FieldList.of(new Arguments(List.of(), Map.of()), ADA.json().keySet()))
                .isEmpty();
    }

    @Test
    public void whatNothingHasIsRefused() {
        for (String unknown : new String[] {"", "id,", "name", "secret", "meta.hat", "hat.shell", "ID"}) {
            assertThatThrownBy(() -> fields(unknown, ADA.json()))
                    .as(unknown)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("There is no field");
        }
        assertThatThrownBy(() -> fields("shell", Group.named("dev").json())).isInstanceOf(UsageException.class);
    }
}
