package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;

/** A hook that keeps to the contract, and hooks that must be caught. */
public class HookContractTest extends HookContract {

    @Override
    protected DirectoryHook hook() {
        return new DirectoryHook() {
            @Override
            public Entity entityCreate(Entity entity, Change<Entity> change) {
                return entity.withLocked(true).withMeta(MetaField.SHELL, "/bin/false");
            }

            @Override
            public Entity preSecretChange(Entity entity, Change<Entity> change) {
                throw new Refusal("no", "Never.");
            }
        };
    }

    @Test
    public void aChangedNumberIsCaught() {
        DirectoryHook hook = new DirectoryHook() {
            @Override
            public Entity entityLock(Entity entity, Change<Entity> change) {
                return entity.withNumber(entity.number() + 1);
            }
        };
        assertThatThrownBy(checking(hook)::pointsItOverridesAnswerOrRefuseAndChangeOnlyWhatTheyMay)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("entityLock");
    }

    @Test
    public void anythingThrownButARefusalIsCaught() {
        DirectoryHook hook = new DirectoryHook() {
            @Override
            public Entity preAuthCheck(Entity entity, Attempt attempt) {
                throw new IllegalStateException("broken");
            }
        };
        assertThatThrownBy(checking(hook)::pointsItOverridesAnswerOrRefuseAndChangeOnlyWhatTheyMay)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("preAuthCheck");
    }

    private static HookContract checking(DirectoryHook hook) {
        return new HookContract() {
            @Override
            protected DirectoryHook hook() {
                return hook;
            }
        };
    }
}
