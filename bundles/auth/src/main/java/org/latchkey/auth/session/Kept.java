package org.latchkey.auth.session;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Sessions.Proved;
import org.latchkey.api.service.Sessions.Session;

/**
 * A session as it is kept.
 *
 * @param key the hash of what the browser holds
 * @param usedAt when it was last used, to about a minute
 * @param number of the entity, 0 if the directory has none of that name
 * @param version counts the changes in the store
 */
record Kept(String key, Session session, Instant usedAt, long number, long version) {

    Kept usedAt(Instant now) {
        return new Kept(key, session, now, number, version);
    }

    /** The same with other proofs. */
    Kept with(Map<String, Proved> proofs) {
        return new Kept(key, session.with(proofs), usedAt, number, version);
    }

    /** The same under another cookie, as a new item of the store. */
    Kept under(String other) {
        return new Kept(other, session, usedAt, number, 0);
    }

    /** When it ends, unless it is used meanwhile. */
    Instant until(Duration idle) {
        Instant unused = usedAt.plus(idle);
        return session.remembered() || unused.isAfter(session.expiresAt()) ? session.expiresAt() : unused;
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", session.id());
        json.put("entity", session.principal().id());
        json.put("number", number);
        json.put("source", session.principal().source());
        json.put("groups", List.copyOf(session.principal().groups()));
        json.put(
                "capabilities",
                session.principal().capabilities().stream().map(Enum::name).toList());
        json.put("member_of", List.copyOf(session.claims().memberOf()));
        json.put("claims", session.claims().extra());
        json.put("signed_in_at", session.signedInAt().toEpochMilli());
        json.put("expires_at", session.expiresAt().toEpochMilli());
        json.put("used_at", usedAt.toEpochMilli());
        json.put("remembered", session.remembered());
        json.put("warned", session.warned());
        json.put("proofs", KeptProofs.json(session.proofs()));
        return JSONObjectUtils.toJSONString(json);
    }

    static Kept of(String key, String json, long version) {
        try {
            Map<String, Object> from = JSONObjectUtils.parse(json);
            Set<Capability> capabilities = new LinkedHashSet<>();
            JSONObjectUtils.getStringList(from, "capabilities")
                    .forEach(name -> capabilities.add(Capability.valueOf(name)));
            Principal principal = new Principal(
                    JSONObjectUtils.getString(from, "entity"),
                    JSONObjectUtils.getString(from, "source"),
                    new LinkedHashSet<>(JSONObjectUtils.getStringList(from, "groups")),
                    capabilities);
            Session session = new Session(
                    JSONObjectUtils.getString(from, "id"),
                    principal,
                    new Claims(
                            new LinkedHashSet<>(JSONObjectUtils.getStringList(from, "member_of")),
                            lists(JSONObjectUtils.getJSONObject(from, "claims"))),
                    time(from, "signed_in_at"),
                    time(from, "expires_at"),
                    JSONObjectUtils.getBoolean(from, "remembered"),
                    JSONObjectUtils.getBoolean(from, "warned"),
                    KeptProofs.of(JSONObjectUtils.getJSONObject(from, "proofs")));
            return new Kept(key, session, time(from, "used_at"), JSONObjectUtils.getLong(from, "number"), version);
        } catch (ParseException damaged) {
            throw new IllegalStateException("a session is damaged", damaged);
        }
    }

    private static Map<String, List<String>> lists(Map<String, Object> from) throws ParseException {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String name : Optional.ofNullable(from).orElse(Map.of()).keySet()) {
            lists.put(name, JSONObjectUtils.getStringList(from, name));
        }
        return lists;
    }

    private static Instant time(Map<String, Object> from, String name) throws ParseException {
        return Instant.ofEpochMilli(JSONObjectUtils.getLong(from, name));
    }

    @Override
    public String toString() {
        return "Kept[" + session.id() + "]";
    }
}
