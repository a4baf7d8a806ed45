package org.latchkey.oauth.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;

/** Writes into the audit log what becomes of the clients of an instance. */
public final class ClientAudit {

    private final Audit audit;
    private final String instance;

    public ClientAudit(Audit audit, String instance) {
        this.audit = audit;
        this.instance = instance;
    }

    /** See {@link Audit#requireAvailable}. */
    public void requireAvailable() {
        audit.requireAvailable();
    }

    /** @param what such as {@code created}, added to {@code oauth.client.} */
    public void append(String what, Request request, String actor, StoredClient client) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("redirect_uris", client.metadata().getOrDefault("redirect_uris", List.of()));
        details.put("grant_types", client.metadata().getOrDefault("grant_types", List.of()));
        details.put("trusted", client.trusted());
        append("client." + what, request, actor, client.id(), details);
    }

    /** @param type added to {@code oauth.} */
    public void append(String type, Request request, String actor, String subject, Map<String, Object> details) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("instance", instance);
        all.putAll(details);
        audit.append(
                new AuditEvent(Instant.now(), "oauth." + type, request.id(), actor, subject, request.address(), all));
    }
}
