package org.latchkey.directory;

import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Group;
import org.latchkey.api.extension.Change;

/** What the steps of an operation on a group hand on to one another. */
final class GroupWork {

    final Caller caller;
    final Hooks hooks;
    final String name;

    /** The group as it is stored; absent while it does not exist. */
    Optional<Group> stored = Optional.empty();

    /** How groups depend on one another, as the operation found it. */
    GroupGraph graph = GroupGraph.EMPTY;

    /** The group as it shall be. */
    Group group;

    /** The number that was allocated for it, to be given back if the change is refused; else 0. */
    long allocated;

    GroupWork(Caller caller, Hooks hooks, Group group) {
        this.caller = caller;
        this.hooks = hooks;
        this.name = group.name();
        this.group = group;
    }

    Change<Group> change() {
        return new Change<>(caller, stored, Optional.empty());
    }
}
