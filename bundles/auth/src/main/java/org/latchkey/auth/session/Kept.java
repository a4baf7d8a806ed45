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
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.api.service.Sessions.Proved;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.Sessions.Trace;

/**
 * A session as it is kept.
 *
 * @param key the hash of what the browser holds
 * @param usedAt when it was last used, to about a minute
 * @param standing of the entity when it began; number 0 if the directory had none of that name
 * @param address where the sign-in came from
 * @param userAgent what the browser said of itself then
 * @param version counts the changes in the store
 */
record Kept(
        String key,
        Session session,
        Instant usedAt,
        Standing standing,
        String address,
        String userAgent,
        long version) {

    /** Of somebody whom the directory does not know. */
    static final Standing STRANGER = new Standing(0, false, 0);

    Kept usedAt(Instant now) {
        return new Kept(key, session, now, standing, address, userAgent, version);
    }

    /** The same with other proofs. */
    Kept with(Map<String, Proved> proofs) {
        return new Kept(key, session.with(proofs), usedAt, standing, address, userAgent, version);
    }

    /** As it is once it is changed in the store. */
    Kept next() {
        return new Kept(key, session, usedAt, standing, address, userAgent, version + 1);
    }

    /** The same under another cookie, as a new item of the store. */
    Kept under(String other) {
        return new Kept(other, session, usedAt, standing, address, userAgent, 0);
    }

    /** When it ends, unless it is used meanwhile. */
    Instant until(Duration idle) {
        Instant unused = usedAt.plus(idle);
        return session.remembered() || unused.isAfter(session.expiresAt()) ? session.expiresAt() : unused;
    }

    Trace trace() {
        return new Trace(session, usedAt, address, userAgent);
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", session.id());
        json.put("entity", session.principal().id());
        json.put("number", standing.number());
        json.put("era", standing.era());
        json.put("address", address);
        json.put("user_agent", userAgent);
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
            return new Kept(
                    key,
                    session,
                    time(from, "used_at"),
                    new Standing(JSONObjectUtils.getLong(from, "number"), false, era(from)),
                    text(from, "address"),
                    text(from, "user_agent"),
                    version);
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

    /** Sessions of before there were eras began in the first. */
    private static long era(Map<String, Object> from) {
        return from.get("era") instanceof Number era ? era.longValue() : 0;
    }

    private static String text(Map<String, Object> from, String name) {
        return from.get(name) instanceof String text ? text : "";
    }

    private static Instant time(Map<String, Object> from, String name) throws ParseException {
        return Instant.ofEpochMilli(JSONObjectUtils.getLong(from, name));
    }

    @Override
    public String toString() {
        return "Kept[" + session.id() + "]";
    }
}
