package org.latchkey.grant.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * The requests of devices, in the store and not in {@code PluginState}: they are found by two codes, by when they end, and
 * taken by one of many, for which the plugin's own state has no means. So they outlive the process and the plugin, and all
 * nodes see them. Of a device code the hash is kept; a user code is kept as it is, since it is short enough to be found from
 * its hash, and is good for nothing but to allow that device in one's own name.
 */
final class DeviceCodes {

    static final String KIND = "oauth.device";

    private static final String USER_CODE = "user";
    private static final String UNTIL = "until";
    private static final int MOST_TRIES = 1000;
    private static final int SWEPT_AT_ONCE = 100;
    private static final int BYTES = 32;

    /** How long an expired one is kept, so that the device is told what became of it. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Clock clock;

    DeviceCodes(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new one, and the device code, which is known to nobody else; {@link #toString()} does not show it. */
    record Issued(DeviceCode stored, String deviceCode) {
        @Override
        public String toString() {
            return "Issued[" + stored + "]";
        }
    }

    /** Keeps a request of a client, and takes away some that have ended. */
    Issued add(String instance, String client, Set<String> scope, Duration life, Duration interval) {
        sweep();
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String deviceCode = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant expires = clock.instant().plus(life);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            DeviceCode code = new DeviceCode(
                    key(instance, deviceCode),
                    0,
                    client,
                    scope,
                    UserCode.random(),
                    expires,
                    Instant.EPOCH,
                    interval,
                    DeviceCode.Decision.OPEN,
                    "");
            if (put(instance, code)) {
                return new Issued(code, deviceCode);
            }
        }
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, "temporarily_unavailable", "There is no user code to be had.");
    }

    /** The one of that device code, also if it has expired. */
    Optional<DeviceCode> ofDevice(String instance, String deviceCode) {
        return store.get(KIND, key(instance, deviceCode)).map(DeviceCode::of);
    }

    /** The one of that user code that somebody can still decide on. */
    Optional<DeviceCode> ofUser(String instance, UserCode userCode) {
        return store.find(KIND, USER_CODE, instance + "/" + userCode.letters(), "", 1).stream()
                .map(DeviceCode::of)
                .filter(code -> code.decision() == DeviceCode.Decision.OPEN && !code.isExpired(clock.instant()))
                .findFirst();
    }

    /** Notes what somebody said to it, whatever the device asks meanwhile; false if it was decided or has expired. */
    boolean decide(String instance, DeviceCode shown, UnaryOperator<DeviceCode> decision) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<DeviceCode> now =
                    ofUser(instance, shown.userCode()).filter(code -> code.key().equals(shown.key()));
            if (now.isEmpty()) {
                return false;
            }
            if (put(instance, decision.apply(now.get()))) {
                return true;
            }
        }
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, "temporarily_unavailable", "The device asks too often.");
    }

    /** Stores it if nobody was faster, and its user code is no other's. */
    boolean put(String instance, DeviceCode code) {
        String until =
                Item.Index.uniqueNumber(UNTIL, code.expires().toEpochMilli()).value();
        return commit(new Write.Put(new Item(
                KIND,
                code.key(),
                code.version(),
                code.body(),
                List.of(
                        new Item.Index(
                                USER_CODE, instance + "/" + code.userCode().letters(), true),
                        new Item.Index(UNTIL, until, false)))));
    }

    /** Takes it away; false if somebody was faster. */
    boolean take(DeviceCode code) {
        return commit(new Write.Delete(KIND, code.key(), code.version()));
    }

    private boolean commit(Write write) {
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict faster) {
            return false;
        }
    }

    private void sweep() {
        long before = clock.instant().minus(KEPT).toEpochMilli();
        for (Store.Hit hit : store.scan(KIND, UNTIL, "", "", "", SWEPT_AT_ONCE)) {
            if (Long.parseLong(hit.value()) > before) {
                return;
            }
            commit(new Write.Delete(KIND, hit.item().key(), hit.item().version()));
        }
    }

    private static String key(String instance, String deviceCode) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(deviceCode.getBytes(StandardCharsets.UTF_8));
            return instance + "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
