package org.latchkey.directory;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads a value through the hooks of a point: each gets what the one before it returned. An advisory hook that
 * fails is left out, and the value goes on as it was.
 */
final class HookRunner {

    /** One of the points at which an entity or a group changes. */
    interface ChangePoint<T> {
        T run(DirectoryHook hook, T value, Change<T> change);
    }

    /** One of the points of an authentication. */
    interface AuthPoint {
        Entity run(DirectoryHook hook, Entity entity, Attempt attempt);
    }

    /** Asks one hook; what it may not answer is refused within the call, so that it counts against the hook. */
    private interface Question<T> {
        T ask(Link<DirectoryHook> hook, T given);
    }

    private static final Logger log = LoggerFactory.getLogger(HookRunner.class);

    /** The names of advisory hooks that failed last time, so that it is said once and not at every call. */
    private static final Set<String> LEFT_OUT = ConcurrentHashMap.newKeySet();

    private HookRunner() {}

    static Entity change(Hooks hooks, String place, ChangePoint<Entity> point, Entity entity, Change<Entity> change) {
        return pass(
                hooks,
                place,
                entity,
                (hook, given) -> shown(
                        hook,
                        change.secret(),
                        secret -> hook.call(live -> Tampering.refuse(
                                hook.info(), given, point.run(live, given, change.withSecret(secret))))));
    }

    static Group change(Hooks hooks, String place, ChangePoint<Group> point, Group group, Change<Group> change) {
        return pass(
                hooks,
                place,
                group,
                (hook, given) ->
                        hook.call(live -> Tampering.refuse(hook.info(), given, point.run(live, given, change))));
    }

    static Entity attempt(Hooks hooks, String place, AuthPoint point, Entity entity, Attempt attempt) {
        return pass(
                hooks,
                place,
                entity,
                (hook, given) -> shown(
                        hook,
                        attempt.secret(),
                        secret -> hook.call(live -> Tampering.refuse(
                                hook.info(), given, point.run(live, given, attempt.withSecret(secret))))));
    }

    /** The clock is read once for all: for each hook it would cost ten times the call. */
    private static <T> T pass(Hooks hooks, String place, T first, Question<T> question) {
        if (hooks.chain().links().isEmpty()) {
            return first;
        }
        long start = System.nanoTime();
        try {
            T value = first;
            for (Link<DirectoryHook> hook : hooks.chain().links()) {
                hooks.recording().asks(place, hook.info());
                value = ask(hooks.recording(), hook, value, question);
            }
            return value;
        } finally {
            hooks.recording().took(place, System.nanoTime() - start);
        }
    }

    private static <T> T ask(Recording recording, Link<DirectoryHook> hook, T given, Question<T> question) {
        try {
            T answer = question.ask(hook, given);
            recording.answered(answer == given || answer.equals(given) ? Receipt.OK : Receipt.CHANGED);
            LEFT_OUT.remove(hook.info().name());
            return answer;
        } catch (Refusal refusal) {
            recording.answered(Receipt.refused(refusal));
            throw refusal;
        } catch (PluginFault fault) {
            // If the receipt is written, the caller has long had an answer, and nothing may be changed any more.
            boolean leavesOut = hook.info().advisory() && recording.isOpen();
            recording.answered(leavesOut ? Receipt.SKIPPED : Receipt.FAILED);
            if (!leavesOut) {
                throw fault;
            }
            tell(hook, fault);
            return given;
        }
    }

    private static void tell(Link<DirectoryHook> hook, PluginFault fault) {
        if (LEFT_OUT.add(hook.info().name())) {
            log.atWarn()
                    .addKeyValue("plugin", hook.info().bundle())
                    .addKeyValue("extension", hook.info().name())
                    .log("an advisory hook is left out until it works again: " + fault.getMessage());
        }
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
