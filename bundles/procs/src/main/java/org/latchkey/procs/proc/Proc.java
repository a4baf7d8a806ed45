package org.latchkey.procs.proc;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that may be run: Proctor's metadata of a job, and what the executors here need beside it.
 *
 * @param incarnation what tells it from one of the same name before or after it, and stays when it is changed; empty before it is
 *     stored, and if it is older than that is known
 * @param name unique
 * @param image what to run it in, empty if the executor needs none
 * @param secrets the variables that the operator stores values for
 * @param args the variables that whoever runs it may set
 * @param groups whose members may run it, members of at least one of them; empty for everybody who is signed in
 * @param command program and arguments, empty for what the image does by itself
 * @param executor the name of the executor, empty for the default one
 * @param timeout how long a run may take, empty for the default
 */
public record Proc(
        String incarnation,
        String name,
        String description,
        String image,
        List<Variable> secrets,
        List<Variable> args,
        Set<String> groups,
        String author,
        String contributors,
        String organization,
        List<String> command,
        String executor,
        Optional<Duration> timeout) {

    public Proc {
        secrets = List.copyOf(secrets);
        args = List.copyOf(args);
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
        command = List.copyOf(command);
    }

    Proc as(String stored) {
        return new Proc(
                stored,
                name,
                description,
                image,
                secrets,
                args,
                groups,
                author,
                contributors,
                organization,
                command,
                executor,
                timeout);
    }

    /** The names of its secrets, in order. */
    public Set<String> secretNames() {
        return names(secrets);
    }

    /** The names of what whoever runs it may set, in order. */
    public Set<String> argNames() {
        return names(args);
    }

    private static Set<String> names(List<Variable> variables) {
        return variables.stream().map(Variable::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
