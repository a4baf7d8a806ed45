package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;

public class NodeTest {

    private static final Entity ADA = Entity.named("Ada.L")
            .withNumber(1815)
            .withLocked(true)
            .withSecret()
            .withMeta(MetaField.DISPLAY_NAME, "Ada Lovelace")
            .withMeta(MetaField.LEGAL_NAME, "Augusta Ada King")
            .withMeta(MetaField.GECOS, "Ada,Room 1,,")
            .withMeta(MetaField.BADGE_NUMBER, "B-7")
            .withMeta(MetaField.PRIMARY_GROUP, "countesses")
            .withMeta(MetaField.HOME, "/home/ada")
            .withMeta(MetaField.SHELL, "/bin/zsh")
            .withGroups(Set.of("Staff", "poets"))
            .withCapabilities(Set.of(Capability.CREATE_GROUP))
            .withKeys(Map.of("SSH", List.of("ssh-ed25519 AAAA ada@x", "ssh-rsa BBBB")))
            .withKv(Map.of("phone", List.of("12", "34"), "phone{1}", List.of("56"), "Phone", List.of("78")));

    private static final Group STAFF = Group.named("Staff")
            .withNumber(50)
            .withDisplayName("Everybody here")
            .withManagedBy("bosses")
            .withCapabilities(Set.of(Capability.LOCK_ENTITY))
            .withRules(Map.of("interns", Group.Rule.INCLUDE, "guests", Group.Rule.EXCLUDE))
            .withKv(Map.of("room", List.of("4")));

    private static boolean ada(String query) {
        return Parser.parse(query, EntityFields.vocabulary()).test(ADA);
    }

    private static boolean staff(String query) {
        return Parser.parse(query, GroupFields.vocabulary()).test(STAFF);
    }

    @Test
    public void entitiesAreMatchedByEveryField() {
        for (String query : List.of(
                "*",
                "ada.l",
                "ID:ADA*",
                "number:1815",
                "number:>1814",
                "number:<=1815",
                "locked:TRUE",
                "group:staff",
                "group:POE??",
                "capability:create_group",
                "capability:create*",
                "meta.DisplayName:\"ada lovelace\"",
                "meta.display_name:*love*",
                "meta.GECOS:\"Ada,Room 1,,\"",
                "meta.legalname:augusta*",
                "meta.badge_number:b-7",
                "meta.PrimaryGroup:countesses",
                "meta.home:/home/*",
                "meta.shell:*zsh",
                "kv.phone:12",
                "kv.phone:34",
                "kv.phone:56",
                "kv.*:78",
                "key.ssh:*ADA@x",
                "key.SSH:ssh-rsa*",
                "NOT meta.graphical_shell:*")) {
            assertThat(ada(query)).as(query).isTrue();
        }
        for (String query : List.of(
                "ada",
                "id:ada.lo",
                "number:1816",
                "number:>1815",
                "number:<1815",
                "locked:false",
                "group:bosses",
                "capability:GLOBAL_ROOT",
                "meta.display_name:love",
                "meta.graphical_shell:*",
                "kv.phone:78",
                "kv.phone{1}:12",
                "kv.email:*",
                "key.pgp:*")) {
            assertThat(ada(query)).as(query).isFalse();
        }
    }

    @Test
    public void aTermWithoutAFieldIsAboutNamesOnly() {
        assertThat(List.of("ada.l", "\"Ada Lovelace\"", "augusta*", "*room*", "b-7"))
                .allMatch(NodeTest::ada);
        assertThat(List.of("/bin/zsh", "staff", "12", "1815", "true", "create_group", "countesses"))
                .noneMatch(NodeTest::ada);
    }

    @Test
    public void groupsAreMatchedByEveryField() {
        assertThat(List.of(
                        "staff",
                        "every*",
                        "Name:staff",
                        "DisplayName:*here",
                        "number:50",
                        "managed_by:bosses",
                        "ManagedBy:BOSS*",
                        "capability:lock_entity",
                        "include:interns",
                        "exclude:guests",
                        "kv.room:4"))
                .allMatch(NodeTest::staff);
        assertThat(List.of("bosses", "include:guests", "exclude:interns", "kv.room:5", "number:<50"))
                .noneMatch(NodeTest::staff);
        assertThat(Parser.parse("managed_by:*", GroupFields.vocabulary()).test(Group.named("g")))
                .isFalse();
    }

    @Test
    public void conditionsAreJoined() {
        assertThat(ada("ada.l locked:true")).isTrue();
        assertThat(ada("ada.l locked:false")).isFalse();
        assertThat(ada("ada.l AND NOT locked:false")).isTrue();
        assertThat(ada("id:bob OR locked:true")).isTrue();
        assertThat(ada("id:bob OR locked:true number:1")).isFalse();
        assertThat(ada("(id:bob OR locked:true) -number:1")).isTrue();
        assertThat(ada("-(id:bob OR locked:true)")).isFalse();
    }
}
