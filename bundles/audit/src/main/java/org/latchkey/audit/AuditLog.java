package org.latchkey.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log in files. Always there, also when the files cannot be written: then it refuses, and tries again
 * once a second, because root and the local shell must get in even so.
 */
@Component(
        service = {Audit.class, HealthCheck.class},
        configurationPid = "latchkey.audit")
@Designate(ocd = AuditLog.Config.class)
public final class AuditLog implements Audit, HealthCheck {

    @ObjectClassDefinition(name = "Latchkey audit", description = "How long it is remembered what happened.")
    public @interface Config {
        @AttributeDefinition(name = "Keep", description = "For how many days entries are kept; 0 for ever.", min = "0")
        int keepDays() default 90;
    }

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final long FILE_BYTES = 64L * 1024 * 1024;
    private static final int RECENT = 10_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final Folder folder;
    private final Tail tail;
    private final Archive archive;
    private final RecentRequests recent = new RecentRequests(RECENT);
    private final Audit bestEffort = new BestEffort(this);

    /** What is wrong, empty while nothing is. */
    private volatile String fault = "";

    private final AtomicLong retryAt = new AtomicLong(System.nanoTime());

    @Activate
    public AuditLog(BundleContext context, Config config) {
        this(Path.of(context.getProperty("latchkey.data"), "audit"), Clock.systemUTC(), FILE_BYTES, config.keepDays());
    }

    AuditLog(Path path, Clock clock, long fileBytes, int keepDays) {
        this.folder = new Folder(path);
        this.tail = new Tail(folder, clock, fileBytes);
        this.archive = new Archive(folder);
        tail.keep(keepDays);
        try {
            tail.recover();
        } catch (IOException unusable) {
            failed(unusable);
        }
    }

    /** A restart would not do: everything that changes something refers to this component and would restart with it. */
    @Modified
    void modified(Config config) {
        tail.keep(config.keepDays());
    }

    @Deactivate
    void close() {
        tail.close();
    }

    @Override
    public void requireAvailable() {
        if (fault.isEmpty()) {
            return;
        }
        long due = retryAt.get();
        if (System.nanoTime() - due < 0 || !retryAt.compareAndSet(due, System.nanoTime() + RETRY_NANOS)) {
            throw unavailable();
        }
        append(AuditEvent.of("audit-resumed", "server", "audit", Map.of("fault", fault)));
    }

    @Override
    public void append(AuditEvent event) {
        try {
            long seq = tail.append(Line.content(event));
            fault = "";
            if (!event.requestId().isEmpty()) {
                recent.add(event.requestId(), seq);
            }
        } catch (IOException failure) {
            failed(failure);
            throw unavailable();
        }
    }

    private void failed(IOException failure) {
        if (fault.isEmpty()) {
            log.atError().setCause(failure).log("the audit log cannot be written: changes and sign-ins are refused");
        }
        retryAt.set(System.nanoTime() + RETRY_NANOS);
        fault = "the last entry could not be written";
    }

    private static Refusal unavailable() {
        return Refusal.of(
                Refusal.Kind.UNAVAILABLE, UNAVAILABLE, "The audit log cannot be written; nothing can be changed now.");
    }

    @Override
    public Audit bestEffort() {
        return bestEffort;
    }

    @Override
    public List<Entry> ofRequest(String requestId) {
        if (!REQUEST.matcher(requestId).matches()) {
            return List.of();
        }
        try {
            List<Long> known = recent.of(requestId);
            if (known.isEmpty()) {
                return archive.search(requestId);
            }
            List<Entry> entries = new ArrayList<>();
            for (long seq : known) {
                entries.addAll(archive.read(seq, seq));
            }
            return entries;
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    @Override
    public Page<Entry> entries(String cursor, int limit) {
        try {
            long last = tail.head().seq();
            long first = archive.first(last + 1);
            long before = Math.min(last + 1, cursor.isEmpty() ? last + 1 : seq(cursor));
            long from = Math.max(first, before - limit);
            List<Entry> entries = archive.read(from, before - 1);
            Collections.reverse(entries);
            return new Page<>(entries, from > first ? Optional.of(String.valueOf(from)) : Optional.empty());
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static long seq(String cursor) {
        if (cursor.length() > 18 || !cursor.chars().allMatch(each -> each >= '0' && each <= '9')) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "The cursor is none of this list.");
        }
        return Long.parseLong(cursor);
    }

    @Override
    public Verification verify() {
        try {
            return new Verifier(tail.head()).verify(folder.segments());
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static Refusal unreadable(IOException cause) {
        log.atError().setCause(cause).log("the audit log cannot be read");
        return Refusal.of(Refusal.Kind.UNAVAILABLE, UNAVAILABLE, "The audit log cannot be read.");
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Optional<String> fault() {
        return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
    }
}
