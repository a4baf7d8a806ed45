package org.latchkey.procs.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.procs.access.Doorman;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;

/**
 * Writes refused and malformed attempts into the audit log. It is no reason to answer anything else if they cannot be written:
 * nothing has happened.
 */
public final class RefusalLog {

    static final String DENIED = "procs.denied";
    static final String MALFORMED = "procs.malformed";

    private static final int LONGEST_PATH = 256;

    private final Audit audit;

    public RefusalLog(Audit audit) {
        this.audit = audit;
    }

    /** Of somebody who is not known; whom they claim to be is noted as a claim. */
    void note(Request request, Refusal refusal) {
        Map<String, Object> details = new LinkedHashMap<>();
        request.header(Doorman.EMAIL).ifPresent(each -> details.put("claimed", cut(each)));
        note(request, "anonymous", refusal, details);
    }

    void note(Request request, Visitor visitor, Refusal refusal) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (visitor.proof() == Proof.CLAIMED) {
            details.put("unverified", true);
        }
        note(request, visitor.id(), refusal, details);
    }

    private void note(Request request, String actor, Refusal refusal, Map<String, Object> details) {
        String type =
                switch (refusal.kind()) {
                    case UNAUTHENTICATED, DENIED -> DENIED;
                    case INVALID, TOO_LARGE -> MALFORMED;
                    default -> "";
                };
        if (type.isEmpty()) {
            return;
        }
        details.put("code", refusal.code());
        details.put("reason", refusal.getMessage());
        if (!refusal.pointer().isEmpty()) {
            details.put("pointer", cut(refusal.pointer()));
        }
        String what = request.method() + " " + cut(request.path());
        audit.bestEffort()
                .append(new AuditEvent(Instant.now(), type, request.id(), actor, what, request.address(), details));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_PATH ? text.substring(0, LONGEST_PATH) : text;
    }
}
