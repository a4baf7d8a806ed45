package org.latchkey.grant.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.oauth.Client;

/**
 * Who acts for the subject (RFC 8693, 4.1 and 4.4). Somebody may if the subject token says so in {@code may_act}. If it has none,
 * a client may that the {@value #ALLOWED} of the asking client name; without these nobody. A subject token that names who may
 * act is good for nobody else, and so not without an actor either.
 */
final class Actors {

    /** The member of the client's metadata: the ids of clients, whose own tokens are good as actor tokens. */
    static final String ALLOWED = "exchange_actors";

    private static final String ACT = "act";
    private static final String MAY_ACT = "may_act";
    private static final Set<String> COMPARED = Set.of("sub", "client_id", "iss");
    private static final int DEEPEST = 5;

    private Actors() {}

    /** The claims of the new token about who acts: the one who does now, around those who did before. */
    static Map<String, Object> claims(Client client, Presented subject, Optional<Presented> actor) {
        Object permission = subject.claims().get(MAY_ACT);
        if (actor.isEmpty()) {
            if (permission != null) {
                throw Errors.invalidRequest("The subject_token says who may act, so it needs an actor_token.");
            }
            return kept(subject);
        }
        if (!(permission == null ? isNamed(client, actor.get()) : isPermitted(permission, actor.get()))) {
            throw Errors.invalidRequest("The actor may not act for the subject.");
        }
        Map<String, Object> act = new LinkedHashMap<>();
        act.put("sub", actor.get().text("sub"));
        act.put("client_id", actor.get().text("client_id"));
        act.putAll(kept(subject));
        requireBounded(act);
        return Map.of(ACT, act);
    }

    private static Map<String, Object> kept(Presented subject) {
        Object before = subject.claims().get(ACT);
        return before == null ? Map.of() : Map.of(ACT, before);
    }

    private static boolean isNamed(Client client, Presented actor) {
        return actor.isOfClientItself() && client.texts(ALLOWED).contains(actor.text("client_id"));
    }

    /** What else it names cannot be compared here, and so is not met. */
    private static boolean isPermitted(Object permission, Presented actor) {
        return permission instanceof Map<?, ?> named
                && (named.containsKey("sub") || named.containsKey("client_id"))
                && COMPARED.containsAll(named.keySet())
                && named.entrySet().stream().allMatch(each -> actor.text(String.valueOf(each.getKey()))
                        .equals(each.getValue()));
    }

    private static void requireBounded(Map<String, Object> act) {
        int depth = 0;
        for (Object each = act; each instanceof Map<?, ?> one; each = one.get(ACT)) {
            depth++;
        }
        if (depth > DEEPEST) {
            throw Errors.invalidRequest("Too many have acted for one another.");
        }
    }
}
