package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.latchkey.directory.TestDirectory.ROOT;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Group.Rule;
import org.latchkey.api.Kv;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.service.Transfer.Fault;
import org.latchkey.api.service.Transfer.Options;
import org.latchkey.api.service.Transfer.Options.Existing;
import org.latchkey.api.service.Transfer.Options.Trial;
import org.latchkey.api.service.Transfer.Report;

/** and rows 82 to 84 of what an import leaves behind. */
public class StoredTransferTest {

    private TestDirectory test;

    @Before
    public void begin() throws Exception {
        test = new TestDirectory();
    }

    private static Options options(int batch) {
        return new Options(Existing.REFUSE, Trial.STORE, batch, Optional.empty());
    }

    private Report read(Options options, String... lines) throws IOException {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return test.writer.read(ROOT, new ByteArrayInputStream(bytes), options);
    }

    private static String written(TestDirectory from, Optional<Secret> passphrase) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        from.writer.write(ROOT, lines, passphrase);
        return lines.toString(StandardCharsets.UTF_8);
    }

    private static void fill(TestDirectory directory) {
        for (String name : List.of("a", "b", "c")) {
            directory.writer.createGroup(ROOT, Group.named(name).withDisplayName("Group " + name));
        }
        directory.writer.setRule(ROOT, "a", "b", Rule.INCLUDE);
        directory.writer.setRule(ROOT, "b", "c", Rule.EXCLUDE);
        directory.writer.updateGroup(ROOT, "c", Optional.empty(), Optional.of("a"));
        directory.writer.changeGroupCapabilities(ROOT, "b", held -> Set.of(Capability.LOCK_ENTITY));
        directory.create("alice", "open sesame");
        directory.writer.updateEntity(ROOT, "alice", Map.of(MetaField.DISPLAY_NAME, "Alice \u00c5"));
        directory.writer.changeEntityKv(ROOT, "alice", Kv.put("phone{0}", List.of("1", "2")));
        directory.writer.addKey(ROOT, "alice", "SSH", "ssh-ed25519 AAAA");
        directory.writer.addMember(ROOT, "b", "alice");
        directory.create("bob", "open sesame too");
        directory.writer.lockEntity(ROOT, "bob");
    }

    @Test
    public void whatIsWrittenIsReadAgainAndIsTheSame() throws Exception {
        TestDirectory other = new TestDirectory();
        fill(other);
        String lines = written(other, Optional.empty());
        Report report = read(options(500), lines.split("\n"));
        assertThat(report.faults()).isEmpty();
        assertThat(report.stored()).isEqualTo(Map.of("group", 3L, "links", 3L, "entity", 2L));
        assertThat(written(test, Optional.empty()))
                .isEqualTo(lines.replace("\"has_secret\":true", "\"has_secret\":false"));
        assertThat(test.directory.groupsOf("alice")).containsExactlyInAnyOrder("a", "b");
        assertThat(new TestDirectory(test.store).directory.groupsOf("alice")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    public void a07_hashesLeaveOnlySealedAndOnlyWhoHasThePassphraseOpensThem() throws Exception {
        TestDirectory other = new TestDirectory();
        fill(other);
        assertThat(written(other, Optional.empty())).doesNotContain("argon2").doesNotContain("sealed");
        String lines = written(other, Optional.of(TestDirectory.secret("a passphrase")));
        assertThat(lines).doesNotContain("argon2").contains("secret_sealed");
        Report wrong = read(
                new Options(Existing.REFUSE, Trial.STORE, 500, Optional.of(TestDirectory.secret("another"))),
                lines.split("\n"));
        assertThat(wrong.faults()).extracting(Fault::pointer).containsOnly("/secret_sealed");
        assertThat(wrong.stored()).doesNotContainKey("entity");
        test = new TestDirectory();
        Report right = read(
                new Options(Existing.REFUSE, Trial.STORE, 500, Optional.of(TestDirectory.secret("a passphrase"))),
                lines.split("\n"));
        assertThat(right.faults()).isEmpty();
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
        assertThat(test.signIn("alice", "wrong")).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    public void aSealedHashIsWorthNothingForSomebodyElse() {
        SealedHashes sealed = new SealedHashes(Optional.of(TestDirectory.secret("a passphrase")));
        String text = sealed.seal("alice", "$argon2id$");
        assertThat(sealed.open("alice", text)).isEqualTo("$argon2id$");
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> sealed.open("bob", text));
    }

    @Test
    public void a06_aLineThatIsRefusedTakesItsBatchWithItAndNoOther() throws Exception {
        test.create("taken", "open sesame");
        Report report = read(
                options(2),
                "{\"kind\":\"entity\",\"id\":\"a\"}",
                "{\"kind\":\"entity\",\"id\":\"b\"}",
                "{\"kind\":\"entity\",\"id\":\"c\"}",
                "{\"kind\":\"entity\",\"id\":\"taken\"}",
                "{\"kind\":\"entity\",\"id\":\"d\"}");
        assertThat(report.lines()).isEqualTo(5);
        assertThat(report.refused()).isEqualTo(2);
        assertThat(report.stored()).isEqualTo(Map.of("entity", 3L));
        assertThat(report.faults()).extracting(Fault::line).containsExactly(4L);
        assertThat(report.faults()).extracting(Fault::code).containsExactly("exists");
        assertThat(test.directory.entity("c")).isEmpty();
        assertThat(test.directory.entity("d")).isPresent();
    }

    @Test
    public void row44_aNumberThatIsTakenIsFoundBeforeAndWithinTheFile() throws Exception {
        test.writer.createEntity(ROOT, Entity.named("x").withNumber(5000), Optional.empty());
        Report report = read(
                options(3),
                "{\"kind\":\"entity\",\"id\":\"a\",\"number\":5001}",
                "{\"kind\":\"entity\",\"id\":\"b\",\"number\":5000}",
                "{\"kind\":\"entity\",\"id\":\"c\"}",
                "{\"kind\":\"entity\",\"id\":\"d\",\"number\":7000}",
                "{\"kind\":\"entity\",\"id\":\"e\",\"number\":7000}",
                "{\"kind\":\"entity\",\"id\":\"f\"}",
                "{\"kind\":\"entity\",\"id\":\"g\"}");
        assertThat(report.faults()).extracting(Fault::line).containsExactly(2L, 5L);
        assertThat(test.directory.entity("g")).isPresent();
    }

    @Test
    public void aTrialFindsTheSameFaultsAsksNobodyAndStoresNothing() throws Exception {
        Recorder recorder = new Recorder();
        test.hook(recorder);
        test.create("taken", "open sesame");
        recorder.calls.clear();
        String[] lines = {
            "{\"kind\":\"group\",\"name\":\"g\"}",
            "{\"kind\":\"group\",\"name\":\"h\"}",
            "{\"kind\":\"links\",\"name\":\"g\",\"rules\":{\"h\":\"include\"}}",
            "{\"kind\":\"links\",\"name\":\"h\",\"rules\":{\"g\":\"include\"}}",
            "{\"kind\":\"entity\",\"id\":\"a\",\"groups\":[\"g\"]}",
            "{\"kind\":\"entity\",\"id\":\"taken\"}",
            "{\"kind\":\"entity\",\"id\":\"b\",\"groups\":[\"nobody\"]}",
            "{\"kind\":\"entity\",\"id\":\"a\"}",
            "nonsense"
        };
        Report trial = read(new Options(Existing.REFUSE, Trial.DRY_RUN, 1, Optional.empty()), lines);
        assertThat(recorder.calls).isEmpty();
        assertThat(test.directory.group("g")).isEmpty();
        Report real = read(options(1), lines);
        assertThat(trial.faults()).extracting(Fault::line).isEqualTo(List.of(4L, 6L, 7L, 8L, 9L));
        assertThat(trial.faults())
                .extracting(Fault::code)
                .isEqualTo(real.faults().stream().map(Fault::code).toList());
        assertThat(trial.stored()).isEqualTo(real.stored());
        assertThat(real.faults()).extracting(Fault::line).containsExactly(4L, 6L, 7L, 8L, 9L);
        assertThat(real.stored()).isEqualTo(Map.of("group", 2L, "links", 1L, "entity", 1L));
    }

    @Test
    public void h09_eachPointOfWhatALineChangesFiresOnce() throws Exception {
        test.writer.createGroup(ROOT, Group.named("g"));
        Recorder recorder = new Recorder();
        test.hook(recorder, DirectoryHook.SECRET_READ);
        int before = test.outbox.notices().size();
        read(
                options(10),
                "{\"kind\":\"entity\",\"id\":\"a\",\"locked\":true,\"groups\":[\"g\"],\"capabilities\":[\"LOCK_ENTITY\"],"
                        + "\"keys\":{\"SSH\":[\"k\"]},\"kv\":{\"k\":[\"v\"]},\"secret\":\"open sesame\"}");
        assertThat(recorder.points())
                .containsExactly(
                        "PreSecretChange",
                        "PostSecretChange",
                        "EntityCreate",
                        "EntityLock",
                        "MembershipChange",
                        "EntityKeyChange",
                        "EntityCapabilityChange");
        assertThat(recorder.only("PreSecretChange").secret()).isEqualTo("open sesame");
        assertThat(test.outbox.notices().subList(before, test.outbox.notices().size()))
                .extracting(Notice::type)
                .containsExactly("entity.created", "membership.changed");
    }

    @Test
    public void aPolicyRefusesALineOfAnImportToo() throws Exception {
        test.hook(new DirectoryHook() {
            @Override
            public Entity entityCreate(Entity entity, Change<Entity> change) {
                if (entity.id().equals("b")) {
                    throw new Refusal("reserved", "No.");
                }
                return entity;
            }
        });
        Report report = read(options(1), "{\"kind\":\"entity\",\"id\":\"a\"}", "{\"kind\":\"entity\",\"id\":\"b\"}");
        assertThat(report.faults()).extracting(Fault::code).containsExactly("reserved");
        assertThat(test.directory.entity("a")).isPresent();
    }

    @Test
    public void updatesLeaveWhatALineDoesNotSay() throws Exception {
        fill(test);
        Report report = read(
                new Options(Existing.UPDATE, Trial.STORE, 10, Optional.empty()),
                "{\"kind\":\"entity\",\"id\":\"alice\",\"meta\":{\"shell\":\"/bin/sh\"}}",
                "{\"kind\":\"entity\",\"id\":\"new\"}");
        assertThat(report.faults()).isEmpty();
        Entity alice = test.directory.entity("alice").orElseThrow();
        assertThat(alice.meta(MetaField.SHELL)).isEqualTo("/bin/sh");
        assertThat(alice.meta(MetaField.DISPLAY_NAME)).isEqualTo("Alice \u00c5");
        assertThat(alice.groups()).containsExactly("b");
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    public void a06_malformedLinesAreNamedWithThePlace() throws Exception {
        Map<String, String> lines = Map.of(
                "[]", "",
                "{\"kind\":\"entity\"}", "/id",
                "{\"kind\":\"entity\",\"id\":\"a\",\"admin\":true}", "/admin",
                "{\"kind\":\"entity\",\"id\":\"a\",\"id\":\"b\"}", "",
                "{\"kind\":\"entity\",\"id\":\"a\",\"meta\":{\"color\":\"red\"}}", "/meta/color",
                "{\"kind\":\"entity\",\"id\":\"a/b\"}", "/id",
                "{\"kind\":\"entity\",\"id\":\"a\",\"number\":0}", "/number",
                "{\"kind\":\"entity\",\"id\":\"a\",\"secret_hash\":\"plain\"}", "/secret_hash",
                "{\"kind\":\"robot\"}", "/kind",
                "{\"kind\":\"links\",\"name\":\"a\",\"rules\":{\"b\":\"maybe\"}}", "/rules/b");
        for (Map.Entry<String, String> line : lines.entrySet()) {
            Report report = read(options(1), line.getKey());
            assertThat(report.faults())
                    .as(line.getKey())
                    .extracting(Fault::pointer)
                    .containsExactly(line.getValue());
        }
        assertThat(read(options(1), "{\"kind\":\"entity\",\"id\":\"root\",\"locked\":true}")
                        .refused())
                .isEqualTo(1);
        assertThat(read(options(1), "x".repeat((1 << 20) + 1)).faults())
                .extracting(Fault::code)
                .containsExactly("too-large");
    }

    @Test
    public void onlyRootMayDoEither() {
        Caller almost = new Caller("x", Set.of(Capability.CREATE_ENTITY), "r", "127.0.0.1", false);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> test.writer.read(almost, new ByteArrayInputStream(new byte[0]), options(1)));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> test.writer.write(almost, new ByteArrayOutputStream(), Optional.empty()));
    }
}
