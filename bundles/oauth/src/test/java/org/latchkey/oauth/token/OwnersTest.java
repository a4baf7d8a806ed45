package org.latchkey.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Claims;
import org.latchkey.api.Entity;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.testkit.MemoryDirectory;

public class OwnersTest {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Owners owners = new Owners(directory, new NoSessions());

    @Before
    public void start() {
        directory.entities.put("ada", Entity.named("ada").withNumber(7));
        directory.eras.put("ada", 2L);
    }

    private static Owner owner(String id, long number, long era) {
        return new Owner(id, number, "directory", "s", Instant.EPOCH, Claims.NONE, era);
    }

    @Test
    public void o17_whatWasAllowedBeforeANewSecretOrALockIsGoodForNothing() {
        Owner before = owner("ada", 7, 2);
        assertThat(owners.isActive(before)).isTrue();
        directory.eras.put("ada", 3L);
        assertThat(owners.isActive(before)).isFalse();
        assertThat(owners.mayGrant(before)).isFalse();
        assertThat(owners.isActive(owner("ada", 7, 3))).isTrue();
    }

    @Test
    public void lockedGoneAndSomebodyElseOfTheSameNameAreNotActive() {
        assertThat(owners.isActive(owner("ada", 8, 2))).isFalse();
        directory.entities.put("ada", Entity.named("ada").withNumber(7).withLocked(true));
        assertThat(owners.isActive(owner("ada", 7, 2))).isFalse();
        directory.entities.remove("ada");
        assertThat(owners.isActive(owner("ada", 7, 2))).isFalse();
    }

    @Test
    public void whoTheDirectoryDoesNotKnowIsWhoSignedIn() {
        assertThat(owners.standing("eve")).isEqualTo(new Standing(0, false, 0));
        assertThat(owners.isActive(owner("eve", 0, 0))).isTrue();
        directory.entities.put("eve", Entity.named("eve").withNumber(9));
        assertThat(owners.isActive(owner("eve", 0, 0))).isFalse();
    }
}
