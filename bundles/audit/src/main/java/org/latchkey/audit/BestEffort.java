package org.latchkey.audit;

import java.util.List;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log for who must get in also without one. */
record BestEffort(Audit audit) implements Audit {

    private static final Logger log = LoggerFactory.getLogger(BestEffort.class);

    @Override
    public void requireAvailable() {}

    @Override
    public void append(AuditEvent event) {
        try {
            audit.append(event);
        } catch (Refusal unavailable) {
            log.atError()
                    .addKeyValue("type", event.type())
                    .addKeyValue("actor", event.actor())
                    .addKeyValue("subject", event.subject())
                    .addKeyValue("request", event.requestId())
                    .log("went on without an audit entry: " + unavailable.getMessage());
        }
    }

    @Override
    public Audit bestEffort() {
        return this;
    }

    @Override
    public List<Entry> ofRequest(String requestId) {
        return audit.ofRequest(requestId);
    }

    @Override
    public Page<Entry> entries(String cursor, int limit) {
        return audit.entries(cursor, limit);
    }

    @Override
    public Verification verify() {
        return audit.verify();
    }
}
