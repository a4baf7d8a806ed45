package org.latchkey.procs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Sealing;

/** Seals so that no test finds a secret by chance, and opens at the right place only. Is no protection at all. */
public final class FakeSealing implements Sealing {

    private volatile boolean broken;

    /** From now on nothing can be opened, as on a server with another key. */
    public void loseKey() {
        broken = true;
    }

    @Override
    public String seal(String place, byte[] secret) {
        byte[] turned = secret.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] ^= 0x55;
        }
        Base64.Encoder encoder = Base64.getEncoder();
        return encoder.encodeToString(place.getBytes(StandardCharsets.UTF_8)) + "." + encoder.encodeToString(turned);
    }

    @Override
    public byte[] open(String place, String sealed) {
        String[] parts = sealed.split("\\.");
        if (broken || !new String(Base64.getDecoder().decode(parts[0]), StandardCharsets.UTF_8).equals(place)) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "sealed", "This cannot be opened.");
        }
        byte[] turned = Base64.getDecoder().decode(parts[1]);
        for (int i = 0; i < turned.length; i++) {
            turned[i] ^= 0x55;
        }
        return turned;
    }
}
