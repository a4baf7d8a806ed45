package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;

/**
 * What every {@link DirectoryHook} keeps to at all of its points. A plugin's test extends this and makes the
 * hook, which is called without a secret, as one is that was not granted it.
 */
public abstract class HookContract {

    private static final Caller CALLER = new Caller("root", Set.of(Capability.GLOBAL_ROOT), "r-1", "127.0.0.1", false);

    private static final Entity ENTITY = new Entity(
            "alice",
            7,
            false,
            true,
            Map.of(MetaField.SHELL, "/bin/sh"),
            Set.of("staff"),
            Set.of(Capability.LOCK_ENTITY),
            Map.of("SSH", List.of("ssh-ed25519 AAAA")),
            Map.of("room", List.of("1", "2")),
            3);

    private static final Group GROUP = new Group(
            "staff",
            5,
            "Staff",
            "admins",
            Set.of(Capability.CREATE_ENTITY),
            Map.of("guests", Group.Rule.EXCLUDE),
            Map.of("mail", List.of("on")),
            2);

    /** A new hook, as it is with its default configuration. */
    protected abstract DirectoryHook hook();

    @Test
    public void pointsItDoesNotOverrideReturnTheirValueUnchanged() throws Exception {
        DirectoryHook hook = hook();
        for (Method point : points()) {
            if (isDefault(point, hook)) {
                assertThat(call(point, hook)).as(point.getName()).contains(sample(point));
            }
        }
    }

    @Test
    public void pointsItOverridesAnswerOrRefuseAndChangeOnlyWhatTheyMay() throws Exception {
        DirectoryHook hook = hook();
        for (Method point : points()) {
            call(point, hook)
                    .ifPresent(answer ->
                            assertThat(fixedPartOf(answer)).as(point.getName()).isEqualTo(fixedPartOf(sample(point))));
        }
    }

    private static List<Method> points() {
        return Stream.of(DirectoryHook.class.getMethods())
                .filter(Method::isDefault)
                .toList();
    }

    private static boolean isDefault(Method point, DirectoryHook hook) throws NoSuchMethodException {
        return hook.getClass()
                .getMethod(point.getName(), point.getParameterTypes())
                .getDeclaringClass()
                .equals(DirectoryHook.class);
    }

    private static Object sample(Method point) {
        return point.getParameterTypes()[0].equals(Group.class) ? GROUP : ENTITY;
    }

    /** What the hook answers at a point; nothing if it refuses. Whatever else it throws is a fault. */
    private static Optional<Object> call(Method point, DirectoryHook hook) throws Exception {
        Object context = point.getParameterTypes()[1].equals(Attempt.class)
                ? new Attempt(ENTITY.id(), Optional.empty(), CALLER)
                : new Change<>(CALLER, Optional.of(sample(point)), Optional.empty());
        try {
            Object answer = point.invoke(hook, sample(point), context);
            assertThat(answer).as(point.getName()).isNotNull();
            return Optional.of(answer);
        } catch (InvocationTargetException thrown) {
            assertThat(thrown.getCause()).as(point.getName()).isInstanceOf(Refusal.class);
            return Optional.empty();
        }
    }

    /** The value without what a hook may change: metadata, KV and the lock, a group's name for people and manager. */
    private static Object fixedPartOf(Object value) {
        if (value instanceof Group group) {
            return new Group(
                    group.name(),
                    group.number(),
                    "",
                    "",
                    group.capabilities(),
                    group.rules(),
                    Map.of(),
                    group.version());
        }
        Entity entity = (Entity) value;
        return new Entity(
                entity.id(),
                entity.number(),
                false,
                entity.hasSecret(),
                Map.of(),
                entity.groups(),
                entity.capabilities(),
                entity.keys(),
                Map.of(),
                entity.version());
    }
}
