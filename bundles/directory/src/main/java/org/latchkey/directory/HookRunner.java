package org.latchkey.directory;

import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;

/** Leads a value through the hooks of a point: each gets what the one before it returned. */
final class HookRunner {

    /** One of the points at which an entity or a group changes. */
    interface ChangePoint<T> {
        T run(DirectoryHook hook, T value, Change<T> change);
    }

    /** One of the points of an authentication. */
    interface AuthPoint {
        Entity run(DirectoryHook hook, Entity entity, Attempt attempt);
    }

    private HookRunner() {}

    static Entity change(Chain<DirectoryHook> hooks, ChangePoint<Entity> point, Entity entity, Change<Entity> change) {
        Entity value = entity;
        for (Link<DirectoryHook> hook : hooks.links()) {
            Entity given = value;
            Entity answer = shown(
                    hook,
                    change.secret(),
                    secret -> hook.call(live -> point.run(live, given, change.withSecret(secret))));
            value = Tampering.refuse(hook.info(), given, answer);
        }
        return value;
    }

    static Group change(Chain<DirectoryHook> hooks, ChangePoint<Group> point, Group group, Change<Group> change) {
        Group value = group;
        for (Link<DirectoryHook> hook : hooks.links()) {
            Group given = value;
            Group answer = hook.call(live -> point.run(live, given, change));
            value = Tampering.refuse(hook.info(), given, answer);
        }
        return value;
    }

    static Entity attempt(Chain<DirectoryHook> hooks, AuthPoint point, Entity entity, Attempt attempt) {
        Entity value = entity;
        for (Link<DirectoryHook> hook : hooks.links()) {
            Entity given = value;
            Entity answer = shown(
                    hook,
                    attempt.secret(),
                    secret -> hook.call(live -> point.run(live, given, attempt.withSecret(secret))));
            value = Tampering.refuse(hook.info(), given, answer);
        }
        return value;
    }

    private interface WithSecret {
        Entity run(Optional<Secret> shown);
    }

    /** A hook that was granted it sees a copy of the secret, which is wiped when the hook returns. */
    private static Entity shown(Link<DirectoryHook> hook, Optional<Secret> secret, WithSecret call) {
        if (secret.isEmpty() || !hook.granted(DirectoryHook.SECRET_READ)) {
            return call.run(Optional.empty());
        }
        try (Secret copy = secret.get().copy()) {
            return call.run(Optional.of(copy));
        }
    }
}
