package org.latchkey.directory;

import java.util.Objects;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.PluginFault;

/** Refuses what a hook may not answer: nothing, another one's value, more power, or a value nobody could have set. */
final class Tampering {

    private Tampering() {}

    static Entity refuse(ExtensionInfo hook, Entity given, Entity answer) {
        refuseNull(hook, answer);
        if (answer == given) {
            return answer;
        }
        refuse(hook, "id", given.id(), answer.id());
        refuse(hook, "number", given.number(), answer.number());
        refuse(hook, "version", given.version(), answer.version());
        refuse(hook, "secret", given.hasSecret(), answer.hasSecret());
        refuse(hook, "groups", given.groups(), answer.groups());
        refuse(hook, "capabilities", given.capabilities(), answer.capabilities());
        refuse(hook, "keys", given.keys(), answer.keys());
        refuseMalformed(hook, () -> {
            Grammar.refuseMalformedMeta(answer.meta());
            Grammar.refuseMalformedKv(answer.kv());
        });
        return answer;
    }

    static Group refuse(ExtensionInfo hook, Group given, Group answer) {
        refuseNull(hook, answer);
        if (answer == given) {
            return answer;
        }
        refuse(hook, "name", given.name(), answer.name());
        refuse(hook, "number", given.number(), answer.number());
        refuse(hook, "version", given.version(), answer.version());
        refuse(hook, "managed_by", given.managedBy(), answer.managedBy());
        refuse(hook, "capabilities", given.capabilities(), answer.capabilities());
        refuse(hook, "rules", given.rules(), answer.rules());
        refuseMalformed(hook, () -> {
            Grammar.refuseMalformedText("/display_name", answer.displayName(), Grammar.META_LENGTH);
            Grammar.refuseMalformedKv(answer.kv());
        });
        return answer;
    }

    private static void refuseNull(ExtensionInfo hook, Object answer) {
        if (answer == null) {
            throw fault(hook, "answered null");
        }
    }

    private static void refuse(ExtensionInfo hook, String field, Object given, Object answer) {
        if (!Objects.equals(given, answer)) {
            throw fault(hook, "changed the " + field);
        }
    }

    private static void refuseMalformed(ExtensionInfo hook, Runnable grammar) {
        try {
            grammar.run();
        } catch (Refusal malformed) {
            throw fault(hook, "answered a malformed value at " + malformed.pointer());
        }
    }

    private static PluginFault fault(ExtensionInfo hook, String what) {
        return new PluginFault("The hook " + hook.name() + " of " + hook.bundle() + " " + what, null);
    }
}
