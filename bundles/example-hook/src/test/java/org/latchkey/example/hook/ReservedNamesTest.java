package org.latchkey.example.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Change;

public class ReservedNamesTest {

    private final ReservedNames hook = new ReservedNames();
    private final Caller caller = Caller.shell("request");

    private Entity create(String id) {
        return hook.entityCreate(Entity.named(id), new Change<>(caller, Optional.empty(), Optional.empty()));
    }

    @Test
    public void namesThatStartWithAdminAreRefusedWithAReason() {
        for (String id : new String[] {"admin", "administrator", "admin-2"}) {
            assertThatThrownBy(() -> create(id))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.POLICY);
                        assertThat(refusal.code()).isEqualTo("reserved");
                    })
                    .hasMessage("Names that start with admin are reserved.");
        }
    }

    @Test
    public void otherNamesPassUnchanged() {
        assertThat(create("ada")).isEqualTo(Entity.named("ada"));
        assertThat(create("sysadmin").id()).isEqualTo("sysadmin");
    }

    @Test
    public void row08_whatIsNotOverriddenPassesThrough() {
        Group admins = Group.named("admins");

        assertThat(hook.groupCreate(admins, new Change<>(caller, Optional.empty(), Optional.empty())))
                .isSameAs(admins);
    }
}
