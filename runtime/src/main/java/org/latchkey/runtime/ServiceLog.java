package org.latchkey.runtime;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What bundles tell the OSGi log service (OSGi Compendium 101), in the server's log. Declarative Services,
 * Configuration Admin and FileInstall report there and nowhere else.
 */
final class ServiceLog extends ServiceTracker<LogReaderService, LogReaderService> {

    /** Every event of the framework, as a line: the framework reports its errors itself ({@link FrameworkLog}). */
    private static final String EVENTS = "Events.";

    private final LogListener listener = ServiceLog::write;

    ServiceLog(BundleContext framework) {
        super(framework, LogReaderService.class, null);
    }

    @Override
    public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
        LogReaderService reader = super.addingService(reference);
        reader.addLogListener(listener);
        return reader;
    }

    private static void write(LogEntry entry) {
        if (entry.getLoggerName().startsWith(EVENTS)) {
            return;
        }
        LoggerFactory.getLogger(entry.getBundle().getSymbolicName())
                .atLevel(level(entry.getLogLevel()))
                .setCause(entry.getException())
                .log(entry.getMessage());
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case AUDIT, ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
