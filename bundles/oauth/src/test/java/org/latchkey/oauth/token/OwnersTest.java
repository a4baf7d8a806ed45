package org.latchkey.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Claims;
import org.latchkey.api.Entity;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.oauth.Grant;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryDirectory;

public class OwnersTest {

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final Owners owners = new Owners(directory, new NoSessions(), new Sources(points));

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
    public void O_20_whoseSourceIsTakenOutIsNotActiveUntilItIsBack() throws Refused {
        Owner stranger = new Owner("eve", 0, "campus.Main", "s", Instant.EPOCH, Claims.NONE);
        Owner known = new Owner("ada", 7, "campus.Main", "s", Instant.EPOCH, Claims.NONE, 2);
        for (Owner owner : List.of(stranger, known)) {
            points.clear(Authenticator.class);
            assertThat(owners.isActive(owner)).isFalse();
            assertThatThrownBy(() -> owners.requireSources(allowedBy(owner, Map.of())))
                    .isInstanceOf(Refused.class);
            points.add(Authenticator.class, attempt -> Verdict.NOT_MINE, "campus", 0, "");
            assertThat(owners.isActive(owner)).isTrue();
            owners.requireSources(allowedBy(owner, Map.of()));
        }
    }

    private static Authorization allowedBy(Owner owner, Map<String, String> kept) {
        return new Authorization(
                "tv", owner, Set.of("read"), List.of(), Map.of(), kept, Instant.EPOCH, Instant.MAX, true, "", true);
    }

    @Test
    public void o17_whatAPluginsGrantHasGrantedIsGoodAsLongAsItIsThere() throws Refused {
        Authorization granted = allowedBy(owner("ada", 7, 2), Map.of(Sources.GRANT, "tv.Main"));
        assertThat(owners.isGood(granted)).isFalse();
        assertThat(owners.mayRefresh(granted)).isFalse();
        assertThat(owners.lasts(granted)).isTrue();
        assertThatThrownBy(() -> owners.requireSources(granted)).isInstanceOf(Refused.class);
        points.add(Grant.class, new NoGrant(), "tv", 0, "");
        assertThat(owners.isGood(granted)).isTrue();
        assertThat(owners.mayRefresh(granted)).isTrue();
        owners.requireSources(granted);
    }

    private static final class NoGrant implements Grant {

        @Override
        public String type() {
            return "urn:example:none";
        }

        @Override
        public Granted grant(TokenRequest request) {
            throw new IllegalStateException("nobody asks for it");
        }
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
