package org.latchkey.oauth.scope;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one scope demands: a password if it says so, no older than it says, and of each group of schemes as many as it says.
 * Schemes that somebody cannot have fall out of their group; what is left must still be enough, else they cannot have the
 * scope. Only schemes that they have set up count.
 *
 * @param password whether a secret has to be typed
 * @param passwordAge how long ago at most; zero for however long
 * @param proofAge the same of schemes
 * @param proofUses for how many authorizations a proof counts; 0 for all
 * @param people groups whose members alone may have it; none for everybody
 */
public record ScopeRule(
        boolean password,
        Duration passwordAge,
        List<SchemeGroup> groups,
        Duration proofAge,
        int proofUses,
        Set<String> people) {

    public ScopeRule {
        groups = List.copyOf(groups);
        people = Set.copyOf(people);
    }

    /** What the rule says of somebody. */
    public sealed interface Finding {}

    /** They may have it, by these schemes. */
    public record Met(Set<String> used) implements Finding {}

    /** They may have it after proving this. */
    public record Missing(boolean password, List<Want> wants, Set<String> used) implements Finding {}

    /** They cannot have it, whatever they do now. */
    public record Impossible(String group) implements Finding {}

    /** All schemes of it. */
    Set<String> schemes() {
        return groups.stream().flatMap(each -> each.schemes().stream()).collect(Collectors.toSet());
    }

    /** Whether it is met; who may have it at all is another question. */
    public Finding judge(Evidence evidence) {
        List<Want> wants = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (SchemeGroup group : groups) {
            Set<String> usable = only(group.schemes(), evidence::isUsable);
            if (usable.isEmpty() || usable.size() < group.required()) {
                return new Impossible(group.name());
            }
            Set<String> registered = only(usable, evidence::isRegistered);
            Set<String> proved = only(registered, each -> evidence.hasProof(each, proofAge, proofUses));
            used.addAll(proved);
            if (proved.size() < group.required()) {
                wants.add(new Want(
                        minus(registered, proved), minus(usable, registered), group.required() - proved.size()));
            }
        }
        boolean isPasswordMissing = password && !evidence.hasPassword(passwordAge);
        return isPasswordMissing || !wants.isEmpty() ? new Missing(isPasswordMissing, wants, used) : new Met(used);
    }

    private static Set<String> only(Set<String> all, java.util.function.Predicate<String> which) {
        return all.stream().filter(which).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        return only(all, each -> !some.contains(each));
    }
}
