package org.latchkey.runtime;

import org.slf4j.LoggerFactory;

/**
 * The waking of the logging. It reads {@code etc/logback.xml}, which takes about as long as the framework needs to
 * read its cache, so the two go side by side.
 */
final class Logging {

    private final Thread waking = new Thread(LoggerFactory::getILoggerFactory, "logging");

    private Logging() {}

    /** Begins it; nobody may ask for a logger before {@link #await()} returns. */
    static Logging wake(Places places) {
        System.setProperty("latchkey.log", places.log().toString());
        System.setProperty(
                "logback.configurationFile", places.etc().resolve("logback.xml").toString());
        Logging logging = new Logging();
        logging.waking.start();
        return logging;
    }

    void await() throws InterruptedException {
        waking.join();
    }
}
