package org.latchkey.shell.command;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.Capability;
import org.latchkey.api.service.DirectoryWriter;

/**
 * A capability that somebody is to have from now on, or to have no more.
 *
 * @param target name of the entity or the group
 */
record Grant(String target, UnaryOperator<Set<Capability>> change) {

    /** Takes the words TARGET ADD|DROP CAPABILITY. */
    static Grant of(Arguments arguments) {
        String name = arguments.word(2);
        Capability named = Capability.of(name)
                .orElseThrow(() -> new UsageException(
                        "There is no capability " + name + ", only " + names(Stream.of(Capability.values()))));
        boolean adds = arguments.word(1).equals("ADD");
        return new Grant(arguments.word(0), held -> {
            EnumSet<Capability> changed = EnumSet.noneOf(Capability.class);
            changed.addAll(held);
            if (adds) {
                changed.add(named);
            } else {
                changed.remove(named);
            }
            return changed;
        });
    }

    void toEntity(DirectoryWriter writer, Terminal terminal) {
        tell(writer.changeEntityCapabilities(terminal.caller(), target, change).capabilities(), terminal);
    }

    void toGroup(DirectoryWriter writer, Terminal terminal) {
        tell(writer.changeGroupCapabilities(terminal.caller(), target, change).capabilities(), terminal);
    }

    private void tell(Set<Capability> left, Terminal terminal) {
        terminal.print(target + " has: " + names(left.stream()));
    }

    private static String names(Stream<Capability> capabilities) {
        return capabilities.map(Capability::name).collect(Collectors.joining(", "));
    }
}
