package org.latchkey.procs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.OptionalInt;
import org.junit.Test;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Watch;

public class InboxTest {

    private final Inbox inbox = new Inbox("handle", 0, () -> {});

    @Test
    public void whatCouldNeverBeStoredIsRefusedToWhoeverTellsIt() {
        Watch ear = inbox.open().ear();
        assertThatNullPointerException().isThrownBy(() -> ear.line(null));
        assertThatNullPointerException()
                .isThrownBy(() -> ear.ended(new Ending(Ending.Kind.FAILED, null, "no code at all")));
        assertThat(inbox.hasNews()).isFalse();
        ear.line("after that");
        ear.ended(new Ending(Ending.Kind.FAILED, OptionalInt.of(1), ""));
        Inbox.Told told = inbox.take();
        assertThat(told.lines()).containsExactly("after that");
        assertThat(told.seen()).isEqualTo(1);
        assertThat(told.end()).isPresent();
    }
}
