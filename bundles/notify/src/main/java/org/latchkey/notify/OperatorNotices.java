package org.latchkey.notify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Page;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Notices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What an operator sees of notices and does with dead letters; what they do is in the audit log. */
@Component(service = Notices.class)
public final class OperatorNotices implements Notices {

    private final StoredOutbox outbox;
    private final Audit audit;

    @Activate
    public OperatorNotices(@Reference StoredOutbox outbox, @Reference Audit audit) {
        this.outbox = outbox;
        this.audit = audit;
    }

    @Override
    public List<Listed> catalogue() {
        return outbox.catalogue().list();
    }

    @Override
    public Page<DeadLetter> dead(Optional<String> notifier, String cursor, int limit) {
        return outbox.deadLetters().list(notifier, cursor, limit);
    }

    @Override
    public int replay(Caller caller, Letters letters) {
        Audit log = permitted(caller);
        Mailbox mailbox = outbox.mailbox(letters.notifier());
        int replayed = outbox.deadLetters().replay(mailbox, letters);
        mailbox.settled(replayed);
        outbox.stored();
        log.append(event("notices.replayed", caller, letters, replayed));
        return replayed;
    }

    @Override
    public int drop(Caller caller, Letters letters) {
        Audit log = permitted(caller);
        int dropped = outbox.deadLetters().drop(letters);
        outbox.mailbox(letters.notifier()).settled(dropped);
        log.append(event("notices.dropped", caller, letters, dropped));
        return dropped;
    }

    /** The local shell goes on without an audit log. */
    private Audit permitted(Caller caller) {
        caller.require(Capability.GLOBAL_ROOT);
        Audit log = caller.address().equals(Caller.LOCAL) ? audit.bestEffort() : audit;
        log.requireAvailable();
        return log;
    }

    private static AuditEvent event(String type, Caller caller, Letters letters, int number) {
        Map<String, Object> details = new TreeMap<>(Map.of("letters", number));
        letters.id().ifPresent(id -> details.put("id", id));
        return AuditEvent.of(type, caller, letters.notifier(), details);
    }
}
