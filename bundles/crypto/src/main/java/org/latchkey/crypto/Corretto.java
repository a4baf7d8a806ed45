package org.latchkey.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;

/** The Amazon Corretto Crypto Provider, which does its work in AWS-LC. */
final class Corretto {

    private static final String SETTINGS = "com.amazon.corretto.crypto.provider.";

    private Corretto() {}

    /**
     * Loads the library, which takes a few hundred milliseconds.
     *
     * @throws Unavailable if it does not load or its self-tests fail; nothing was changed then
     */
    static Provider load() throws Unavailable {
        // The library is taken from where the framework put it, not unpacked anew into a temporary directory.
        System.setProperty(SETTINGS + "useExternalLib", "true");
        // Ed25519 keys in its own form; else each signature translates its key again.
        System.setProperty(SETTINGS + "registerEdKeyFactory", "true");
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable error = provider.getLoadingError();
            if (error != null) {
                throw new Unavailable(error.toString());
            }
            SelfTestStatus tests = provider.runSelfTests();
            if (tests != SelfTestStatus.PASSED) {
                throw new Unavailable("its self-tests answer " + tests);
            }
            return provider;
        } catch (LinkageError notForThisPlatform) {
            throw new Unavailable(notForThisPlatform.toString());
        }
    }

    /** There is no such library here; says why. */
    static final class Unavailable extends Exception {

        private static final long serialVersionUID = 1L;

        Unavailable(String reason) {
            super(reason, null, false, false);
        }
    }
}
