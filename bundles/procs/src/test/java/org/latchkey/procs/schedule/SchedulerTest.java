package org.latchkey.procs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.access.Visitor.Proof;

/** When schedules fire, and for whom. */
public class SchedulerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Scene scene = new Scene();

    @Test
    public void row124FiresAtItsTimesAsItsOwner() throws IOException {
        long id = scene.made("* * * * *");
        scene.scheduler.tick();
        assertThat(scene.begun).isEmpty();
        scene.passes(MINUTE);
        scene.scheduler.tick();
        assertThat(scene.begun).hasSize(1);
        assertThat(scene.begun.get(0).user()).isEqualTo("ada");
        assertThat(scene.begun.get(0).args()).isEqualTo(Map.of("STAGE", "test"));
        assertThat(scene.begun.get(0).scheduleId()).isEqualTo(String.valueOf(id));
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(2);
    }

    @Test
    public void row126TheNoticeOfAFiringHasWhatAMailNeeds() throws IOException {
        scene.made("* * * * *");
        scene.passes(MINUTE);
        assertThat(scene.notices("schedule.fired"))
                .singleElement()
                .asString()
                .contains("notification_emails=ops@example.org", "Name=deploy", "Args={\"STAGE\":\"test\"}")
                .contains("ID=99", "Status=CREATED", "owner=ada");
        assertThat(scene.audit.last().type()).isEqualTo("procs.schedule");
        assertThat(scene.audit.last().details())
                .containsEntry("change", "fired")
                .containsEntry("execution", 99L);
    }

    @Test
    public void row124OneFiringPerCluster() throws IOException {
        scene.made("* * * * *");
        Schedule due = scene.schedules.all().get(0);
        scene.clock.advance(MINUTE);
        assertThat(scene.schedules.claim(due, scene.clock.instant())).isTrue();
        assertThat(scene.schedules.claim(due, scene.clock.instant())).isFalse();
        scene.scheduler().tick();
        assertThat(scene.begun).isEmpty();
    }

    @Test
    public void row124ADeletedOneNeverFiresAgain() throws IOException {
        long id = scene.made("* * * * *");
        scene.passes(MINUTE);
        scene.asks("DELETE", "/schedule/" + id, Map.of(), "");
        scene.passes(MINUTE.multipliedBy(5));
        assertThat(scene.begun).hasSize(1);
    }

    /** Between the look at what is due and the claim. */
    @Test
    public void row124ADeletionIsInTimeUntilTheVeryLast() throws IOException {
        long id = scene.made("* * * * *");
        Schedule due = scene.schedules.all().get(0);
        scene.clock.advance(MINUTE);
        scene.asks("DELETE", "/schedule/" + id, Map.of(), "");
        assertThat(scene.schedules.claim(due, scene.clock.instant())).isFalse();
    }

    @Test
    public void row124EditsAndSwitchesAreTakenUp() throws IOException {
        long id = scene.made("* * * * *");
        scene.asks("PATCH", "/schedule/" + id, Map.of(), "{\"enabled\":false}");
        scene.passes(MINUTE);
        assertThat(scene.begun).isEmpty();
        scene.asks("PATCH", "/schedule/" + id, Map.of(), "{\"enabled\":true,\"args\":{\"STAGE\":\"live\"}}");
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(1);
        assertThat(scene.begun.get(0).args()).isEqualTo(Map.of("STAGE", "live"));
        scene.asks("PATCH", "/schedule/" + id, Map.of(), "{\"cron\":\"0 3 * * *\"}");
        scene.passes(MINUTE.multipliedBy(10));
        assertThat(scene.begun).hasSize(1);
        scene.passes(Duration.ofMinutes(168));
        assertThat(scene.begun).hasSize(2);
    }

    /** Subtlety 46. */
    @Test
    public void whatWasMissedIsMadeUpOnceWithinTheGrace() throws IOException {
        scene.made("* * * * *");
        scene.passes(Duration.ofSeconds(89));
        assertThat(scene.begun).as("one minute was missed by 59 seconds").hasSize(1);
        scene.clock.advance(Duration.ofHours(5));
        scene.scheduler.tick();
        scene.scheduler.tick();
        assertThat(scene.begun).as("hours were missed").hasSize(1);
        scene.passes(MINUTE);
        assertThat(scene.begun).as("but it goes on").hasSize(2);
    }

    @Test
    public void row125ARevokedGroupDeniesTheRunAndKeepsTheSchedule() throws IOException {
        scene.made("* * * * *");
        scene.directory.entities.put("ada", Entity.named("ada").withNumber(7));
        scene.passes(MINUTE);
        assertThat(scene.begun).isEmpty();
        assertThat(scene.notices("schedule.denied"))
                .singleElement()
                .asString()
                .contains("reason=its owner may not run this proc any more", "owner=ada");
        assertThat(scene.audit.last().details()).containsEntry("change", "denied");
        scene.directory.entities.put("ada", Entity.named("ada").withNumber(7).withGroups(Set.of("ops")));
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(1);
    }

    private void denied(String reason) {
        scene.passes(MINUTE);
        assertThat(scene.begun).isEmpty();
        List<String> denials = scene.notices("schedule.denied");
        assertThat(denials.get(denials.size() - 1)).contains(reason);
    }

    @Test
    public void row125ALockedOrMissingOwnerRunsNothing() throws IOException {
        scene.made("* * * * *");
        Entity ada = scene.directory.entities.get("ada");
        scene.directory.entities.put("ada", ada.withLocked(true));
        denied("its owner is locked");
        scene.directory.entities.remove("ada");
        denied("its owner is gone");
        scene.directory.entities.put("ada", ada.withNumber(9));
        denied("its owner is gone");
    }

    @Test
    public void row125TheGroupsOfTheProcAreThoseOfThisMoment() throws IOException {
        scene.made("* * * * *");
        scene.put("deploy", "others");
        denied("may not run");
        scene.procs.remove("deploy", "root");
        assertThat(scene.schedules.all()).as("schedules go with their proc").isEmpty();
    }

    @Test
    public void row125AnOwnerFromElsewhereIsTrustedForAWhile() throws IOException {
        scene.visitor = Scene.visitor("eve@example.org", "gate", Set.of("ops"), Proof.SHOWN);
        long id = scene.made("0 0 * * *");
        scene.passes(Duration.ofDays(1).minusSeconds(30));
        assertThat(scene.begun).hasSize(1);
        scene.put("deploy", "others");
        scene.passes(Duration.ofDays(1));
        assertThat(scene.begun).hasSize(1);
        scene.put("deploy", "ops");
        scene.passes(Duration.ofDays(30));
        scene.passes(Duration.ofDays(1));
        assertThat(scene.begun).hasSize(1);
        assertThat(scene.notices("schedule.denied").get(1)).contains("has not been seen for 30 days");
        scene.asks("PATCH", "/schedule/" + id, Map.of(), "{}");
        scene.passes(Duration.ofDays(1));
        assertThat(scene.begun).hasSize(2);
    }

    /** Their bearer token has the groups of the directory, and so must their schedules. */
    @Test
    public void row125WhomTheDirectoryHasItIsAskedAboutWhoeverVouched() throws IOException {
        scene.visitor = Scene.visitor("ada", "ldap", Set.of("ops"), Proof.SHOWN);
        scene.made("* * * * *");
        Entity ada = scene.directory.entities.get("ada");
        scene.directory.entities.put("ada", ada.withGroups(Set.of()));
        denied("its owner may not run this proc any more");
        scene.directory.entities.put("ada", ada.withNumber(9));
        denied("its owner is gone");
        scene.directory.entities.remove("ada");
        denied("its owner is gone");
        scene.directory.entities.put("ada", ada.withLocked(true));
        denied("its owner is locked");
        scene.directory.entities.put("ada", ada);
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(1);
    }

    @Test
    public void row125AnOwnerFromElsewhereIsNotWhoeverTheDirectoryGetsLater() throws IOException {
        scene.visitor = Scene.visitor("eve@example.org", "gate", Set.of("ops"), Proof.SHOWN);
        scene.made("* * * * *");
        scene.directory.entities.put(
                "eve@example.org", Entity.named("eve@example.org").withNumber(9).withGroups(Set.of("ops")));
        denied("the directory has somebody of its owner's name now");
    }

    @Test
    public void row125AnOwnerFromElsewhereRunsNothingOnceNobodyVouchesForThem() throws IOException {
        scene.visitor = Scene.visitor("eve@example.org", "gate", Set.of("ops"), Proof.SHOWN);
        scene.made("* * * * *");
        scene.people.sources.remove("gate");
        denied("who vouched for its owner is not there");
        scene.people.sources.add("gate");
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(1);
    }

    @Test
    public void row125OnlyTheAuthenticatorsThatAreChosenVouchForOwners() throws IOException {
        scene.made("* * * * *");
        scene.chosen = Set.of("gate");
        scene.clock.advance(MINUTE);
        scene.scheduler().tick();
        assertThat(scene.begun).isEmpty();
        scene.chosen = Set.of("directory");
        scene.clock.advance(MINUTE);
        scene.scheduler().tick();
        assertThat(scene.begun).hasSize(1);
    }

    @Test
    public void row125WhoeverWasOnlyClaimedRunsNothingOnceProofIsWanted() throws IOException {
        scene.visitor = Scene.visitor("ada", "unverified", Set.of(), Proof.CLAIMED);
        scene.made("* * * * *");
        denied("not proved");
        scene.unguarded();
        scene.scheduler().tick();
        scene.clock.advance(MINUTE);
        scene.scheduler().tick();
        assertThat(scene.begun).hasSize(1);
    }

    @Test
    public void row125WhoeverChangesItOwnsIt() throws IOException {
        long id = scene.made("* * * * *");
        scene.directory.entities.put("bob", Entity.named("bob").withNumber(8).withGroups(Set.of("ops")));
        scene.visitor = scene.ofDirectory("bob");
        assertThat(scene.json("PATCH", "/schedule/" + id, "{\"userEmail\":\"ada\",\"tags\":\"day\"}")
                        .get("userEmail")
                        .textValue())
                .isEqualTo("bob");
        scene.passes(MINUTE);
        assertThat(scene.begun.get(0).user()).isEqualTo("bob");
    }

    /** Whatever was done to it, or to the time zones that Java has. */
    @Test
    public void whatCannotBeReadHoldsUpNoOther() throws Exception {
        for (int i = 0; i < 101; i++) {
            broken("1" + i, i % 2 == 0 ? "{" : "{\"jobName\":\"deploy\"}");
        }
        scene.made("* * * * *");
        String whole = scene.store.list("procschedule", "", "", 999).stream()
                .filter(item -> item.body().contains("ada"))
                .findFirst()
                .orElseThrow()
                .body();
        broken("2", whole.replace("\"UTC\"", "\"Mars/Olympus\""));
        broken("3", whole.replace("\"* * * * *\"", "\"no cron\""));
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(1);
        scene.passes(MINUTE);
        assertThat(scene.begun).hasSize(2);
        assertThat(scene.schedules.all()).hasSize(2);
    }

    /** One that is long due, and so comes first. */
    private void broken(String key, String body) throws Store.Conflict {
        Item.Index due = new Item.Index("due", "0000000000000000001", false);
        scene.store.commit(List.of(new Write.Put(new Item("procschedule", key, 0, body, List.of(due)))));
    }

    @Test
    public void row125WhoCannotBeAskedAboutRunsNothing() throws IOException {
        scene.made("* * * * *");
        scene.people.fault = Optional.of(Refusal.of(Refusal.Kind.UNAVAILABLE, "unavailable", "No database."));
        denied("cannot be told: No database.");
    }

    @Test
    public void whatCannotBeginIsToldAndNotTriedAgain() throws IOException {
        scene.made("* * * * *");
        scene.refusal = Optional.of(Refusal.of(Refusal.Kind.TOO_MANY, "too-many", "Too many runs."));
        denied("Too many runs.");
        scene.refusal = Optional.empty();
        scene.scheduler.tick();
        assertThat(scene.begun).isEmpty();
    }
}
