package org.latchkey.procs.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;

/** Writes what people did into the audit log. */
public final class Records {

    private final Audit audit;

    public Records(Audit audit) {
        this.audit = audit;
    }

    /** Asked before something is changed. @throws org.latchkey.api.Refusal (UNAVAILABLE) if nothing can be written */
    public void requireAvailable() {
        audit.requireAvailable();
    }

    public void append(String type, Visitor visitor, String subject, Map<String, ?> details) {
        Map<String, Object> all = new LinkedHashMap<>(details);
        if (visitor.proof() == Proof.CLAIMED) {
            all.put("unverified", true);
        }
        audit.append(AuditEvent.of(type, visitor.caller(), subject, all));
    }
}
