package org.latchkey.web.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Tokens against forged posts: each is good for one post of the browser whose cookie it was made for, within half an
 * hour. Nodes share the key through the store; that a token was used is known to the node that took it, which is enough:
 * a second post of the same browser changes nothing for anybody else.
 */
final class FormTokens {

    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})-([0-9a-f]{1,15})-([0-9a-f]{64})");
    private static final String KIND = "web-key";
    private static final String NAME = "form";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Clock clock;
    private final Cache<String, Boolean> used = Caffeine.newBuilder()
            .maximumSize(200_000)
            .expireAfterWrite(LIFE)
            .executor(Runnable::run)
            .build();
    private volatile Optional<SecretKeySpec> key = Optional.empty();

    FormTokens(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** A token for the browser that holds this cookie. */
    String next(String browser) {
        String nonce = random(16);
        String until = Long.toHexString(clock.instant().plus(LIFE).toEpochMilli());
        return nonce + "-" + until + "-" + seal(nonce, until, browser);
    }

    /** Whether it was made for that browser and is neither used nor too old; from now on it is used. */
    boolean use(String token, String browser) {
        var parts = FORM.matcher(token);
        if (!parts.matches()) {
            return false;
        }
        String expected = seal(parts.group(1), parts.group(2), browser);
        boolean genuine = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return genuine
                && clock.millis() < Long.parseLong(parts.group(2), 16)
                && used.asMap().putIfAbsent(parts.group(1), true) == null;
    }

    private String seal(String nonce, String until, String browser) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key());
            return HexFormat.of()
                    .formatHex(mac.doFinal((nonce + "-" + until + "-" + browser).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecretKeySpec key() {
        Optional<SecretKeySpec> known = key;
        if (known.isEmpty()) {
            known = Optional.of(new SecretKeySpec(HexFormat.of().parseHex(shared()), "HmacSHA256"));
            key = known;
        }
        return known.get();
    }

    /** The key of all nodes, made by the first of them; on a replica of a server that never made one, its own. */
    private synchronized String shared() {
        for (int attempt = 0; attempt < 3; attempt++) {
            Optional<Item> stored = store.get(KIND, NAME);
            if (stored.isPresent()) {
                return stored.get().body().replace("\"", "");
            }
            String made = random(32);
            if (store.isReadOnly()) {
                return made;
            }
            try {
                store.commit(List.of(new Write.Put(new Item(KIND, NAME, 0, "\"" + made + "\"", List.of()))));
            } catch (Store.Conflict another) {
                continue; // who was faster made the one to use
            }
        }
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, "starting", "The server is starting.");
    }
}
