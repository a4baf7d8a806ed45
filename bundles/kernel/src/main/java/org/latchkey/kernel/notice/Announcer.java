package org.latchkey.kernel.notice;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what became of a plugin: in the log, in the audit log, and as a notice to every notifier, apart from
 * whoever caused it. Nothing that happens to a plugin waits for being written down, for this is how the operator
 * gets in: a thread of its own puts it into the outbox. What happens is seen from the deploy directory too, so while
 * there is no outbox, or no store, each notifier is told once, and the log says where that failed.
 */
public final class Announcer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);
    private static final int WAITING = 1000;

    private final BundleContext context;
    private final ExtensionPoints points;
    private final Post post;
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Announcer::thread,
            (notice, full) -> log.warn("a notice is dropped: too many wait"));

    public Announcer(BundleContext context, ExtensionPoints points) {
        this.context = context;
        this.points = points;
        this.post = new Post(context);
        sender.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-announcer");
        thread.setDaemon(true);
        thread.setContextClassLoader(Announcer.class.getClassLoader());
        return thread;
    }

    /** An extension was put in quarantine for a reason, or, without one, is in service again. */
    public void quarantine(ExtensionInfo extension, String reason) {
        announce(
                reason.isEmpty() ? "extension.released" : "extension.quarantined",
                Map.of(
                        "plugin", extension.bundle(),
                        "version", extension.version(),
                        "point", extension.point(),
                        "extension", extension.name(),
                        "reason", reason));
    }

    /**
     * @param type such as {@code plugin.rolled-back}
     * @param content what happened, without any secret
     */
    public void announce(String type, Map<String, String> content) {
        var line = log.atInfo().addKeyValue("event", type);
        content.forEach(line::addKeyValue);
        line.log("told");
        Notice notice = new Notice(UUID.randomUUID().toString(), type, Instant.now(), "server", content);
        sender.execute(() -> {
            writeDown(notice);
            if (!post.takes(notice)) {
                send(notice);
            }
        });
    }

    private void writeDown(Notice notice) {
        ServiceReference<Audit> reference = context.getServiceReference(Audit.class);
        Optional<Audit> audit = Optional.ofNullable(reference).map(context::getService);
        if (audit.isPresent()) {
            audit.get()
                    .bestEffort()
                    .append(AuditEvent.of(
                            notice.type(),
                            notice.actor(),
                            notice.content().getOrDefault("plugin", ""),
                            new TreeMap<>(notice.content())));
            context.ungetService(reference);
        }
    }

    private void send(Notice notice) {
        try (Chain<Notifier> chain = points.of(Notifier.class).enter()) {
            for (Link<Notifier> link : chain.links()) {
                send(link, notice);
            }
        }
    }

    private static void send(Link<Notifier> link, Notice notice) {
        try {
            link.call(notifier -> {
                notifier.notify(notice);
                return true;
            });
        } catch (PluginFault | Refusal failed) {
            log.atWarn()
                    .addKeyValue("notice", notice.type())
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(failed)
                    .log("a notice was not delivered");
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
