package org.latchkey.benchmark;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What one thread hashes passwords at with nothing else to do, as the server does by default: Argon2id, 19 MiB, 2 passes. */
public final class HashSpeed {

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    private HashSpeed() {}

    /** Takes seconds to measure after as many of warm-up. */
    public static void main(String[] arguments) {
        long seconds = Long.parseLong(arguments[0]);
        hashesIn(seconds);
        System.out.printf(
                Locale.ROOT, "%-28s %8.1f hashes/s%n", "Argon2id alone", hashesIn(seconds) / (double) seconds);
    }

    private static long hashesIn(long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        byte[] hash = new byte[32];
        long count = 0;
        for (; System.nanoTime() < end; count++) {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(PASSES)
                    .withParallelism(1)
                    .withSalt(new byte[16])
                    .build());
            generator.generateBytes("correct horse battery".toCharArray(), hash);
        }
        return count;
    }
}
