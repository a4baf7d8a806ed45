package org.latchkey.directory;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Hashes secrets with Argon2id (RFC 9106). Each hash takes its memory for some tens of milliseconds, so only
 * a few run at once, some more wait, and whoever comes then is told to come back: a flood of sign-ins must
 * not take the server down.
 */
@Component(service = SecretHasher.class, configurationPid = "latchkey.secrets")
@Designate(ocd = SecretHasher.Config.class)
public final class SecretHasher {

    @ObjectClassDefinition(name = "Latchkey secrets", description = "How secrets are hashed.")
    public @interface Config {
        @AttributeDefinition(name = "Memory", description = "Argon2id memory in KiB.", min = "8")
        int memoryKib() default 19456;

        @AttributeDefinition(name = "Iterations", description = "Argon2id passes.", min = "1")
        int iterations() default 2;

        @AttributeDefinition(name = "Parallelism", description = "Argon2id lanes.", min = "1")
        int parallelism() default 1;

        @AttributeDefinition(name = "Concurrent", description = "Hashes at once; 0 for one a processor.", min = "0")
        int concurrent() default 0;

        @AttributeDefinition(name = "Queue", description = "How many may wait for a turn.", min = "0")
        int queue() default 64;
    }

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_WAIT_SECONDS = 5;

    private final SecureRandom random = new SecureRandom();
    private final Phc.Cost cost;
    private final Semaphore turns;
    private final int queue;
    private final Phc nobody;

    @Activate
    public SecretHasher(Config config) {
        this.cost = new Phc.Cost(config.memoryKib(), config.iterations(), config.parallelism());
        this.queue = config.queue();
        int cores = Runtime.getRuntime().availableProcessors();
        this.turns = new Semaphore(config.concurrent() == 0 ? cores : config.concurrent(), true);
        this.nobody = new Phc(cost, salt(), new byte[HASH_BYTES]);
    }

    /** A new hash with the configured cost. */
    SecretHash hash(Secret secret) {
        byte[] salt = salt();
        return new SecretHash(new Phc(cost, salt, argon2id(secret, cost, salt, HASH_BYTES)).format());
    }

    /** Whether it is the secret that was hashed. */
    boolean verify(Secret secret, SecretHash hash) {
        return matches(secret, hash.phc());
    }

    private boolean matches(Secret secret, Phc phc) {
        return MessageDigest.isEqual(phc.hash(), argon2id(secret, phc.cost(), phc.salt(), phc.hash().length));
    }

    /** The work of {@link #verify} where there is nothing to compare with, so that time tells nothing. */
    void verifyNobody(Secret secret) {
        matches(secret, nobody);
    }

    /** Whether a hash was made with another cost than the one configured now. */
    boolean isOutdated(SecretHash hash) {
        return !hash.phc().cost().equals(cost);
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private byte[] argon2id(Secret secret, Phc.Cost with, byte[] salt, int length) {
        refuseWhenBusy();
        byte[] plaintext = secret.utf8();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(with.memoryKib())
                    .withIterations(with.iterations())
                    .withParallelism(with.parallelism())
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(plaintext, hash);
            return hash;
        } finally {
            Arrays.fill(plaintext, (byte) 0);
            turns.release();
        }
    }

    private void refuseWhenBusy() {
        try {
            if (turns.getQueueLength() < queue && turns.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, "busy", "Too many are signing in at this moment; try again.");
    }
}
