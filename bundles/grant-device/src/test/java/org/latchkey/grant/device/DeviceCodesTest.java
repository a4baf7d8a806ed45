package org.latchkey.grant.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class DeviceCodesTest {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final DeviceCodes codes = new DeviceCodes(store, clock);

    private DeviceCodes.Issued add() {
        return codes.add("/oidc", "tv", Set.of("openid", "read"), LIFE, Duration.ofSeconds(5));
    }

    @Test
    public void aRequestIsFoundByBothItsCodesAtItsInstanceOnly() {
        DeviceCodes.Issued issued = add();
        DeviceCode found = codes.ofDevice("/oidc", issued.deviceCode()).orElseThrow();
        assertThat(found.client()).isEqualTo("tv");
        assertThat(found.scope()).containsExactlyInAnyOrder("openid", "read");
        assertThat(found.expires()).isEqualTo(clock.instant().plus(LIFE));
        assertThat(codes.ofUser("/oidc", issued.stored().userCode())).contains(found);
        assertThat(codes.ofDevice("/two", issued.deviceCode())).isEmpty();
        assertThat(codes.ofUser("/two", issued.stored().userCode())).isEmpty();
        assertThat(codes.ofDevice("/oidc", "x")).isEmpty();
    }

    @Test
    public void noDeviceCodeIsInTheStore() {
        DeviceCodes.Issued issued = add();
        assertThat(store.list(DeviceCodes.KIND, "", "", 10))
                .hasSize(1)
                .allSatisfy(item -> assertThat(item.key() + item.body()).doesNotContain(issued.deviceCode()));
        assertThat(issued.toString()).doesNotContain(issued.deviceCode());
    }

    @Test
    public void aDecisionIsMadeOnceAndAboutWhatWasShown() {
        DeviceCode shown = add().stored();
        DeviceCode another = add().stored();
        assertThat(codes.decide("/oidc", withKeyOf(another, shown), DeviceCode::denied))
                .isFalse();
        assertThat(codes.decide("/oidc", shown, code -> code.allowed("s"))).isTrue();
        assertThat(codes.decide("/oidc", shown, DeviceCode::denied)).isFalse();
        assertThat(codes.ofUser("/oidc", shown.userCode())).isEmpty();
    }

    private static DeviceCode withKeyOf(DeviceCode key, DeviceCode code) {
        return new DeviceCode(
                key.key(),
                code.version(),
                code.client(),
                code.scope(),
                code.userCode(),
                code.expires(),
                code.polled(),
                code.interval(),
                code.decision(),
                code.session());
    }

    @Test
    public void aDecisionIsMadeHoweverOftenTheDeviceAsksMeanwhile() {
        DeviceCodes.Issued issued = add();
        DeviceCode shown = codes.ofUser("/oidc", issued.stored().userCode()).orElseThrow();
        assertThat(codes.put("/oidc", shown.polledAt(clock.instant()))).isTrue();
        assertThat(codes.decide("/oidc", shown, code -> code.allowed("s"))).isTrue();
        DeviceCode now = codes.ofDevice("/oidc", issued.deviceCode()).orElseThrow();
        assertThat(now.decision()).isEqualTo(DeviceCode.Decision.ALLOWED);
        assertThat(now.session()).isEqualTo("s");
        assertThat(now.polled()).isEqualTo(clock.instant());
    }

    @Test
    public void whatHasExpiredIsNobodysToDecideAndIsTakenAwayLater() {
        DeviceCodes.Issued issued = add();
        clock.advance(LIFE);
        assertThat(codes.ofUser("/oidc", issued.stored().userCode())).isEmpty();
        assertThat(codes.decide("/oidc", issued.stored(), DeviceCode::denied)).isFalse();
        add();
        assertThat(codes.ofDevice("/oidc", issued.deviceCode())).isPresent();
        clock.advance(Duration.ofMinutes(11));
        add();
        assertThat(codes.ofDevice("/oidc", issued.deviceCode())).isEqualTo(Optional.empty());
    }
}
