package org.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.testkit.LocalExtensionPoints;

public class SectionsTest {

    private static final AccountSection.Visit VISIT = new AccountSection.Visit(
            new Session(
                    "s",
                    new Principal("ada", "directory", Set.of(), Set.of()),
                    Claims.NONE,
                    Instant.EPOCH,
                    Instant.MAX,
                    false,
                    false),
            new Caller("ada", Set.of(), "r", "127.0.0.1", false));

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final Sections sections = new Sections(points);
    private final List<String> acts = new ArrayList<>();

    private final AccountSection good = new AccountSection() {
        @Override
        public Content content(Visit visit) {
            return new Content(Text.of("Good"), List.of(new Row("r1", Text.of("A"), List.of(), List.of())), List.of());
        }

        @Override
        public boolean act(Visit visit, String row, String action) {
            acts.add(visit.caller().id() + " " + row + " " + action);
            return row.equals("r1");
        }
    };

    private final AccountSection broken = new AccountSection() {
        @Override
        public Content content(Visit visit) {
            return null;
        }

        @Override
        public boolean act(Visit visit, String row, String action) {
            throw new IllegalStateException("broken");
        }
    };

    private Sections.Result act(String section, String row) {
        return sections.act(VISIT, new Wish(section, row, "end"));
    }

    @Test
    public void aSectionThatFailsSpoilsNoOther() {
        points.add(AccountSection.class, broken);
        points.add(AccountSection.class, good);
        assertThat(sections.shown(VISIT))
                .extracting(each -> each.get("unavailable"))
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    public void anActGoesToItsSectionAloneOrToNobody() {
        points.add(AccountSection.class, good);
        String key = Sections.key(points.of(AccountSection.class).links().get(0).info());
        assertThat(act(key, "r1")).isEqualTo(Sections.Result.DONE);
        assertThat(act(key, "r2")).isEqualTo(Sections.Result.GONE);
        assertThat(act("another", "r1")).isEqualTo(Sections.Result.GONE);
        assertThat(acts).containsExactly("ada r1 end", "ada r2 end");
    }

    @Test
    public void whatAFailingSectionCannotDoIsSaid() {
        points.add(AccountSection.class, broken);
        String key = Sections.key(points.of(AccountSection.class).links().get(0).info());
        assertThat(act(key, "r1")).isEqualTo(Sections.Result.UNAVAILABLE);
    }

    @Test
    public void aFormOfAnotherPageIsRefused() {
        assertThatThrownBy(() -> Wish.of(Map.of("act", List.of("end", "end")))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Wish.of(Map.of("act", List.of("End!")))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Wish.of(Map.of("act", List.of("end"), "row", List.of("x".repeat(257)))))
                .isInstanceOf(Refusal.class);
    }
}
