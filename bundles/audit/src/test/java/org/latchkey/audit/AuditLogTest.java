package org.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;

public class AuditLogTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long LARGE = 1L << 20;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder;
    private AuditLog audit;

    @Before
    public void open() {
        folder = temporary.getRoot().toPath().resolve("audit");
        open(NOON, LARGE);
    }

    @After
    public void close() {
        audit.close();
    }

    private void open(Instant now, long fileBytes) {
        audit = new AuditLog(folder, Clock.fixed(now, ZoneOffset.UTC), fileBytes, 90);
    }

    /** The process dies and another begins. */
    private void reopen(Instant now, long fileBytes) {
        audit.close();
        open(now, fileBytes);
    }

    private static AuditEvent event(String request, String subject) {
        return new AuditEvent(
                NOON, "entity-create", request, "root", subject, "127.0.0.1", Map.of("ran", List.of(Map.of("n", 1))));
    }

    private void append(int from, int to) {
        for (int i = from; i <= to; i++) {
            audit.append(event("r" + i, "e" + i));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void change(Path file, UnaryOperator<String> change) throws IOException {
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private List<Long> seqs(Page<Audit.Entry> page) {
        return page.items().stream().map(Audit.Entry::seq).toList();
    }

    @Test
    public void whatWasAppendedIsFoundByItsRequestInOrder() {
        audit.append(event("r1", "alice"));
        audit.append(event("r2", "bob"));
        audit.append(event("r1", "carol \"\\\n\u0000\ud83d\ude00 \ud83d"));
        List<Audit.Entry> found = audit.ofRequest("r1");
        assertThat(found).extracting(Audit.Entry::seq).containsExactly(1L, 3L);
        assertThat(found.get(0).event()).isEqualTo(event("r1", "alice"));
        assertThat(found.get(1).event().subject()).isEqualTo("carol \"\\\n\u0000\ud83d\ude00 ?");
        assertThat(audit.ofRequest("r3")).isEmpty();
        assertThat(audit.ofRequest("\",")).isEmpty();
        assertThat(audit.ofRequest("")).isEmpty();
    }

    @Test
    public void requestsOfBeforeARestartAreFoundInTheFiles() {
        append(1, 20);
        reopen(NOON, 2_000);
        append(21, 60);
        assertThat(audit.ofRequest("r7")).extracting(Audit.Entry::seq).containsExactly(7L);
        assertThat(audit.ofRequest("r59")).extracting(Audit.Entry::seq).containsExactly(59L);
    }

    @Test
    public void pagesGoFromTheNewestToTheOldestOverFileBorders() throws IOException {
        reopen(NOON, 2_000);
        append(1, 50);
        assertThat(files()).hasSizeGreaterThan(3);
        List<Long> all = new ArrayList<>();
        String cursor = "";
        for (int pages = 0; pages < 20; pages++) {
            Page<Audit.Entry> page = audit.entries(cursor, 7);
            all.addAll(seqs(page));
            if (page.next().isEmpty()) {
                break;
            }
            cursor = page.next().get();
        }
        assertThat(all).hasSize(50).first().isEqualTo(50L);
        assertThat(all)
                .isSortedAccordingTo((one, other) -> Long.compare(other, one))
                .last()
                .isEqualTo(1L);
        assertThatThrownBy(() -> audit.entries("x", 7)).isInstanceOf(Refusal.class);
        assertThat(seqs(audit.entries("0", 7))).isEmpty();
        assertThat(seqs(audit.entries("99999999", 2))).containsExactly(50L, 49L);
    }

    @Test
    public void aLargeFileIsNotReadFromItsBeginning() {
        append(1, 2_000);
        assertThat(seqs(audit.entries("1500", 3))).containsExactly(1499L, 1498L, 1497L);
        reopen(NOON, LARGE);
        append(2_001, 2_001);
        assertThat(audit.verify().last()).isEqualTo(2_001);
        assertThat(audit.verify().isIntact()).isTrue();
    }

    @Test
    public void theChainGoesOnOverFilesAndRestarts() throws IOException {
        reopen(NOON, 2_000);
        append(1, 20);
        reopen(NOON.plus(Duration.ofDays(1)), 2_000);
        append(21, 22);
        assertThat(files().get(files().size() - 1).getFileName().toString())
                .isEqualTo("000000000000021-2026-03-02.jsonl");
        Audit.Verification found = audit.verify();
        assertThat(found.isIntact()).as(found.toString()).isTrue();
        assertThat(found.first()).isEqualTo(1);
        assertThat(found.last()).isEqualTo(22);
        assertThat(found.head()).isEqualTo(audit.entries("", 1).items().get(0).hash());
    }

    @Test
    public void a17_whateverIsDoneToTheFilesByHandIsFound() throws IOException {
        append(1, 9);
        Path file = files().get(0);
        String whole = Files.readString(file);
        List<String> lines = whole.lines().toList();
        String changed = lines.get(4).replace("e5", "e6");
        Map<String, Long> brokenAt = Map.of(
                whole.replace(lines.get(4), changed),
                5L,
                whole.replace(lines.get(4) + "\n", ""),
                5L,
                whole.replace(lines.get(4) + "\n", lines.get(4) + "\n" + lines.get(4) + "\n"),
                6L,
                whole.replace(lines.get(3) + "\n" + lines.get(4), lines.get(4) + "\n" + lines.get(3)),
                4L,
                whole.replace(lines.get(8) + "\n", ""),
                9L,
                whole.replace(lines.get(8), lines.get(8).replace("e9", "e8")),
                9L,
                "rubbish\n" + whole,
                1L,
                whole.replace("\n", "\n\n"),
                2L);
        for (Map.Entry<String, Long> each : brokenAt.entrySet()) {
            Files.writeString(file, each.getKey());
            Audit.Verification found = audit.verify();
            assertThat(found.brokenAt()).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(found.reason()).isNotEmpty();
        }
        Files.writeString(file, whole);
        assertThat(audit.verify().isIntact()).isTrue();
    }

    @Test
    public void a17_anEntryMadeUpWithARightHashDoesNotFit() throws IOException {
        append(1, 3);
        Path file = files().get(0);
        List<String> lines = Files.readAllLines(file);
        Line forged = Line.chained(2, "f".repeat(64), Line.content(event("r2", "mallory")));
        change(file, text -> text.replace(lines.get(1), new String(forged.bytes())));
        assertThat(audit.verify().brokenAt()).isEqualTo(2);
        Line linked = Line.chained(2, new Line(lines.get(0).getBytes()).digest(), Line.content(event("r2", "mallory")));
        change(file, text -> text.replace(new String(forged.bytes()), new String(linked.bytes())));
        assertThat(audit.verify().brokenAt()).isEqualTo(3);
    }

    @Test
    public void aHalfWrittenLastLineIsCutOff() throws IOException {
        append(1, 3);
        audit.close();
        Files.writeString(files().get(0), "{\"seq\":4,\"prev\":\"ab", StandardOpenOption.APPEND);
        open(NOON, LARGE);
        assertThat(audit.verify().isIntact()).isTrue();
        append(4, 4);
        assertThat(audit.verify().last()).isEqualTo(4);
    }

    @Test
    public void aFileThatWasOnlyJustBegunIsBegunAgain() throws IOException {
        append(1, 3);
        audit.close();
        Files.writeString(folder.resolve("000000000000004-2026-03-02.jsonl"), "{\"seq\"");
        open(NOON.plus(Duration.ofDays(1)), LARGE);
        append(4, 4);
        assertThat(audit.verify()).extracting(Audit.Verification::last).isEqualTo(4L);
        assertThat(audit.verify().isIntact()).isTrue();
    }

    @Test
    public void aDestroyedLastLineStaysBrokenAndTheLogGoesOn() throws IOException {
        append(1, 3);
        audit.close();
        change(files().get(0), text -> text.substring(0, text.length() - 200) + "x".repeat(199) + "\n");
        String last = Files.readAllLines(files().get(0)).get(2);
        change(files().get(0), text -> text.replace(last, "rubbish"));
        open(NOON, LARGE);
        append(4, 5);
        assertThat(audit.verify().brokenAt()).isEqualTo(3);
        assertThat(seqs(audit.entries("", 2))).containsExactly(5L, 4L);
    }

    @Test
    public void oldFilesAreForgottenAndTheRestStaysProvable() throws IOException {
        append(1, 3);
        reopen(NOON.plus(Duration.ofDays(90)), LARGE);
        append(4, 6);
        assertThat(files()).hasSize(2);
        reopen(NOON.plus(Duration.ofDays(91)), LARGE);
        append(7, 7);
        assertThat(files()).hasSize(2);
        Audit.Verification found = audit.verify();
        assertThat(found.isIntact()).isTrue();
        assertThat(found.first()).isEqualTo(4);
        assertThat(seqs(audit.entries("", 10))).containsExactly(7L, 6L, 5L, 4L);
    }

    @Test
    public void a17_aMissingFileInTheMiddleIsFound() throws IOException {
        reopen(NOON, 2_000);
        append(1, 30);
        Files.delete(files().get(1));
        assertThat(audit.verify().isIntact()).isFalse();
        assertThat(audit.entries("", 1000).items()).hasSizeLessThan(30);
    }

    @Test
    public void itsFilesAreForTheirOwnerAlone() throws IOException {
        append(1, 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
    }

    @Test
    public void manyAtOnceGetANumberEachAndOneChain() {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 16; writer++) {
            String request = "w" + writer;
            writers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            audit.append(event(request, "e" + i));
                        }
                    },
                    threads));
        }
        writers.forEach(CompletableFuture::join);
        threads.shutdown();
        Audit.Verification found = audit.verify();
        assertThat(found.isIntact()).as(found.toString()).isTrue();
        assertThat(found.last()).isEqualTo(3200);
        List<String> subjects = audit.ofRequest("w3").stream()
                .map(entry -> entry.event().subject())
                .toList();
        assertThat(subjects).hasSize(200).startsWith("e0", "e1").endsWith("e199");
    }

    @Test
    public void whileItCannotBeWrittenEverythingButTheBestEffortIsRefused() throws Exception {
        audit.close();
        folder = temporary.newFile("blocked").toPath();
        open(NOON, LARGE);
        assertThat(audit.fault()).isPresent();
        assertThatThrownBy(audit::requireAvailable)
                .isInstanceOf(Refusal.class)
                .extracting("code")
                .isEqualTo("audit-unavailable");
        assertThatThrownBy(() -> append(1, 1)).isInstanceOf(Refusal.class);
        audit.bestEffort().requireAvailable();
        audit.bestEffort().append(event("r1", "root"));
        Files.delete(folder);
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (audit.fault().isPresent() && System.nanoTime() < deadline) {
            try {
                audit.requireAvailable();
            } catch (Refusal notYet) {
                Thread.sleep(20);
            }
        }
        assertThat(audit.fault()).isEmpty();
        append(1, 1);
        assertThat(audit.entries("", 5).items())
                .extracting(entry -> entry.event().type())
                .containsExactly("entity-create", "audit-resumed");
    }

    @Test
    public void aFolderTakenAwayWhileItRunsIsMadeAnewAndItsLossFound() throws IOException {
        append(1, 3);
        Files.delete(files().get(0));
        Files.delete(folder);
        append(4, 4);
        assertThat(seqs(audit.entries("", 5))).containsExactly(4L);
        assertThat(audit.verify().first()).isEqualTo(4);
    }
}
