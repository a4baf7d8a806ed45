package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;

public class MemoryDirectoryTest {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Caller root = Caller.shell("request-1");
    private final Caller ada = new Caller("ada", Set.of(), "request-2", Caller.LOCAL, false);

    private void people(String... ids) {
        for (String id : ids) {
            directory.createEntity(root, Entity.named(id), Optional.empty());
        }
    }

    private void groups(String... names) {
        for (String name : names) {
            directory.createGroup(root, Group.named(name));
        }
    }

    private List<String> members(String group) {
        return directory.members(group, "", 10).items().stream().map(Entity::id).toList();
    }

    @Test
    public void rulesIncludeAndExclude() {
        people("ada", "bob");
        groups("dev", "ops", "all");
        directory.addMember(root, "dev", "ada");
        directory.addMember(root, "ops", "ada");
        directory.addMember(root, "dev", "bob");
        directory.setRule(root, "all", "dev", Group.Rule.INCLUDE);
        assertThat(members("all")).containsExactly("ada", "bob");

        directory.setRule(root, "all", "ops", Group.Rule.EXCLUDE);
        assertThat(members("all")).containsExactly("bob");
        assertThat(directory.groupsOf("ada")).containsExactly("dev", "ops");
        assertThat(directory.groupsOf("bob")).containsExactly("dev", "all");

        directory.removeRule(root, "all", "ops");
        assertThat(members("all")).containsExactly("ada", "bob");
        assertThatThrownBy(() -> directory.removeRule(root, "all", "ops")).isInstanceOf(Refusal.class);
    }

    @Test
    public void groupsConferCapabilitiesInEffect() {
        people("ada");
        groups("dev", "all");
        directory.addMember(root, "dev", "ada");
        directory.setRule(root, "all", "dev", Group.Rule.INCLUDE);
        directory.changeGroupCapabilities(root, "all", held -> Set.of(Capability.LOCK_ENTITY));

        assertThat(directory.capabilities(directory.entities.get("ada"))).containsExactly(Capability.LOCK_ENTITY);
    }

    @Test
    public void keysAreOnesOwn() {
        people("ada", "bob");
        directory.addKey(ada, "ada", "SSH", "one");
        assertThat(directory.entities.get("ada").keys()).containsEntry("SSH", List.of("one"));
        assertThatThrownBy(() -> directory.addKey(ada, "ada", "SSH", "one")).hasMessageContaining("already");
        assertThatThrownBy(() -> directory.addKey(ada, "bob", "SSH", "one")).hasMessageContaining("MODIFY_ENTITY_KEYS");
        directory.removeKey(ada, "ada", "SSH", "one");
        assertThat(directory.entities.get("ada").keys()).isEmpty();
        assertThatThrownBy(() -> directory.removeKey(ada, "ada", "SSH", "one")).isInstanceOf(Refusal.class);
    }

    @Test
    public void whoManagesWhatIsFound() {
        groups("dev", "ops");
        directory.updateGroup(root, "ops", Optional.empty(), Optional.of("dev"));

        Page<Group> managed = directory.groups("managed_by:\"dev\"", "", 10);
        assertThat(managed.items()).extracting(Group::name).containsExactly("ops");
    }

    @Test
    public void whatIsThereIsNotMadeAgain() {
        people("ada");
        assertThatThrownBy(() -> people("ada")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> directory.createEntity(ada, Entity.named("eve"), Optional.empty()))
                .hasMessageContaining("CREATE_ENTITY");
    }
}
