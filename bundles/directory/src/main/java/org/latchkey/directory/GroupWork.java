package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Group;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.Notice;

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

    /** What notifiers shall be told once the change is stored. */
    final List<Notice> notices = new ArrayList<>();

    GroupWork(Caller caller, Hooks hooks, Group group) {
        this.caller = caller;
        this.hooks = hooks;
        this.name = group.name();
        this.group = group;
    }

    boolean isNew() {
        return stored.isEmpty();
    }

    /** Whether the group is another than the stored one: asking for what is so already tells nobody. */
    boolean isChanged() {
        return stored.filter(group::equals).isEmpty();
    }

    /** The group as it is stored, or with nothing but its name while it is not. */
    Group before() {
        return stored.orElse(Group.named(name));
    }

    Change<Group> change() {
        return new Change<>(caller, stored, Optional.empty());
    }
}
