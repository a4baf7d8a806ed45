package org.latchkey.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Sealing;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Seals with the key of this server. What is sealed names its key, so that another can take over. */
@Component
public final class KeyedSealing implements Sealing {

    private static final char AFTER_NAME = ':';

    private final List<SealKey> keys;

    @Activate
    public KeyedSealing(BundleContext context) throws IOException {
        this(SealKeys.of(
                Objects.requireNonNullElse(context.getProperty("latchkey.seal.key"), ""),
                Path.of(context.getProperty("latchkey.data"))));
    }

    /** @param keys the first seals, all open */
    KeyedSealing(List<SealKey> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public String seal(String place, byte[] secret) {
        SealKey key = keys.get(0);
        return key.name() + AFTER_NAME + Base64.getEncoder().encodeToString(key.seal(place, secret));
    }

    @Override
    public byte[] open(String place, String sealed) {
        int at = Math.max(0, sealed.indexOf(AFTER_NAME));
        SealKey key = keys.stream()
                .filter(each -> each.name().equals(sealed.substring(0, at)))
                .findFirst()
                .orElseThrow(
                        () -> refusal(
                                "A secret was sealed with a key that this server does not have: LATCHKEY_SEAL_KEY has to be that of all nodes."));
        try {
            return key.open(place, Base64.getDecoder().decode(sealed.substring(at + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException tampered) {
            throw refusal("A sealed secret is not as it was sealed, or was sealed for another place.");
        }
    }

    private static Refusal refusal(String message) {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "sealed", message);
    }
}
