package org.latchkey.runtime;

import org.apache.felix.framework.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the framework itself has to say, in the server's log instead of on the console. */
final class FrameworkLog extends Logger {

    @Override
    protected void doLog(int level, String message, Throwable cause) {
        LoggerFactory.getLogger("org.apache.felix.framework")
                .atLevel(level(level))
                .setCause(cause)
                .log(message);
    }

    private static Level level(int level) {
        return switch (level) {
            case LOG_ERROR -> Level.ERROR;
            case LOG_WARNING -> Level.WARN;
            case LOG_INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
