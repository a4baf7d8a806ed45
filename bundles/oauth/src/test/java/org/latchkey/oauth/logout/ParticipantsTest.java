package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Test;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.testkit.ReplicaStore;

public class ParticipantsTest {

    private final World world = new World();
    private final Participants participants = new Participants(world.store, world.sessions, "oidc", world.clock);
    private final Session session = world.session("s1", "ada");

    @Test
    public void eachClientOfASessionOnce() {
        participants.join("b", session);
        participants.join("a", session);
        participants.join("a", session);
        participants.join("c", world.session("s10", "bob"));
        assertThat(participants.of("s1")).containsExactly("a", "b");
        assertThat(participants.end("s1")).containsExactly("a", "b");
        assertThat(participants.of("s1")).isEmpty();
        assertThat(participants.of("s10")).containsExactly("c");
    }

    @Test
    public void anotherInstanceHasItsOwn() {
        participants.join("a", session);
        assertThat(new Participants(world.store, world.sessions, "other", world.clock).of("s1"))
                .isEmpty();
    }

    @Test
    public void manyClientsAreAllThere() {
        for (int i = 0; i < 250; i++) {
            participants.join("client " + i, session);
        }
        assertThat(participants.end("s1")).hasSize(250);
    }

    @Test
    public void theyAreKeptForAsLongAsTheSessionMayLast() {
        participants.join("a", session);
        world.clock.advance(Duration.ofHours(11));
        participants.join("a", world.session("s1", "ada")); // signed in again: twelve hours more
        world.clock.advance(Duration.ofHours(11));
        participants.sweep();
        assertThat(participants.of("s1")).containsExactly("a");
        world.clock.advance(Duration.ofHours(2));
        participants.sweep();
        assertThat(participants.of("s1")).isEmpty();
    }

    @Test
    public void aSessionThatWasMadeLongerElsewhereKeepsThem() {
        participants.join("a", session);
        world.clock.advance(Duration.ofHours(11));
        world.sessions.living.put("s1", world.session("s1", "ada")); // signed in again for another protocol
        world.clock.advance(Duration.ofHours(11));
        participants.sweep();
        assertThat(participants.of("s1")).containsExactly("a");
        world.sessions.living.clear();
        world.clock.advance(Duration.ofHours(2));
        participants.sweep();
        assertThat(participants.of("s1")).isEmpty();
    }

    @Test
    public void onAReplicaNothingIsForgotten() {
        participants.join("a", session);
        Participants replica = new Participants(new ReplicaStore(world.store), world.sessions, "oidc", world.clock);
        assertThat(replica.end("s1")).containsExactly("a");
        replica.sweep();
        assertThat(participants.of("s1")).containsExactly("a");
    }
}
