package org.latchkey.api.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Page;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The log of what was changed, who signed in and what became of the plugins. Entries are numbered from 1 and
 * each names the hash of the one before, so that none can be changed, moved or taken out unseen.
 */
@ProviderType
public interface Audit {

    /** The code of the refusal of what cannot be written down. */
    String UNAVAILABLE = "audit-unavailable";

    /**
     * Refuses (UNAVAILABLE, {@value #UNAVAILABLE}) while the log cannot be written, as far as the last try
     * showed. Asked before something is changed that could not be taken back afterwards.
     */
    void requireAvailable();

    /**
     * Adds an entry and returns when it survives the death of the process. Refuses (UNAVAILABLE,
     * {@value #UNAVAILABLE}) if it could not be written.
     */
    void append(AuditEvent event);

    /**
     * The same log for who must get in even when it cannot be written: root signing in, and the local shell.
     * Refuses nothing; what is lost is said in the server's own log.
     */
    Audit bestEffort();

    /** All entries of a request, in order, as far back as it is reasonable to search. */
    List<Entry> ofRequest(String requestId);

    /**
     * Entries, the newest first.
     *
     * @param cursor of the page before, empty for the newest
     * @param limit 1 to 1,000
     */
    Page<Entry> entries(String cursor, int limit);

    /** Reads the whole log and checks every entry and its place. */
    Verification verify();

    /**
     * One entry.
     *
     * @param seq its number
     * @param event what happened
     * @param hash SHA-256 over the rest of the entry, in hex
     */
    record Entry(long seq, AuditEvent event, String hash) {

        /** Its JSON form, the same in REST and shell. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("seq", seq);
            json.putAll(event.json());
            json.put("hash", hash);
            return json;
        }
    }

    /**
     * What a check of the log found.
     *
     * @param first number of the first entry kept, 0 if there is none
     * @param last number of the last entry that was in order, 0 if there is none
     * @param head the last entry's hash, empty if there is none: noted elsewhere, it also proves the end of the log
     * @param brokenAt number of the first entry that is not in order, 0 if all are
     * @param reason what is wrong with it, empty if nothing is
     */
    record Verification(long first, long last, String head, long brokenAt, String reason) {

        public boolean isIntact() {
            return brokenAt == 0;
        }

        /** Its JSON form. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("intact", isIntact());
            json.put("first", first);
            json.put("last", last);
            json.put("head", head);
            json.put("broken_at", brokenAt);
            json.put("reason", reason);
            return json;
        }
    }
}
