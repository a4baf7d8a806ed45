package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Page;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.latchkey.api.service.Notices;

public class NoticeCommandsTest {

    private final List<String> done = new ArrayList<>();

    private final Notices notices = new Notices() {
        @Override
        public List<Listed> catalogue() {
            return List.of(new Listed(
                    "org.example",
                    new Topic("x.happened", "Something happened.", "what", Map.of("what", "it", "by", "whom"))));
        }

        @Override
        public Page<DeadLetter> dead(Optional<String> notifier, String cursor, int limit) {
            Notice notice = new Notice("n1", "x.happened", Instant.EPOCH, "root", Map.of("what", "it"));
            return new Page<>(
                    List.of(new DeadLetter(
                            notifier.orElse("org.mail.Main"), "1", 3, "down", Instant.EPOCH, Optional.of(notice))),
                    Optional.empty());
        }

        @Override
        public int replay(Caller caller, Letters letters) {
            done.add("replay " + letters);
            return 2;
        }

        @Override
        public int drop(Caller caller, Letters letters) {
            done.add("drop " + letters);
            return 1;
        }
    };

    private final Console console = new Console().with(new NoticeCommands(notices), "notices");

    @Test
    public void row108TheCatalogueIsListed() throws Exception {
        assertThat(console.run("notices")).isEqualTo("""
                TYPE        WHEN                 SUBJECT  FACTS     PLUGIN
                x.happened  Something happened.  what     by, what  org.example
                """);
        assertThat(new ObjectMapper()
                        .readTree(console.run("notices", "--json"))
                        .at("/0/facts/by")
                        .asText())
                .isEqualTo("whom");
    }

    @Test
    public void deadLettersAreListed() throws Exception {
        assertThat(console.run("notices", "dead", "org.x.Main")).isEqualTo("""
                NOTIFIER    LETTER  AT                    ATTEMPTS  REASON  TYPE        CONTENT
                org.x.Main  1       1970-01-01T00:00:00Z  3         down    x.happened  what=it
                """);
        assertThat(new ObjectMapper()
                        .readTree(console.run("notices", "dead", "--json"))
                        .at("/0/notice/content/what")
                        .asText())
                .isEqualTo("it");
    }

    @Test
    public void theyAreReplayedAndDroppedOneOrAll() throws Exception {
        assertThat(console.run("notices", "replay", "org.mail.Main")).isEqualTo("2 wait for their notifier again\n");
        assertThat(console.run("notices", "drop", "org.mail.Main", "1")).isEqualTo("1 are dropped\n");
        assertThat(done)
                .containsExactly(
                        "replay Letters[notifier=org.mail.Main, id=Optional.empty]",
                        "drop Letters[notifier=org.mail.Main, id=Optional[1]]");
    }
}
