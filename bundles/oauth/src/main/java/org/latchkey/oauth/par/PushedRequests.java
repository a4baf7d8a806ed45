package org.latchkey.oauth.par;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;

/**
 * What clients have pushed, in the store: it outlives the process, and all nodes see it. Each is for the client that pushed it.
 *
 * <p>A request may be looked at as often as its life allows, and answered once: on however many nodes it is tried, {@link #use}
 * succeeds for one. It is not the look that uses it up, for browsers and mail scanners look at addresses before people do (FAPI
 * 2.0 Security Profile, 5.3.2.2).
 */
public final class PushedRequests {

    /** What the name of a pushed request begins with (RFC 9126, 2.2). */
    public static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    static final String KIND = "oauth.par";

    /** How long somebody may take on the pages that a request has led to. */
    private static final Duration PAGES = Duration.ofMinutes(31);

    private static final String UNTIL = "until";
    private static final int BYTES = 32;
    private static final int MOST_SWEPT = 500;

    private final Store store;
    private final String prefix;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param instance the mount of the instance */
    public PushedRequests(Store store, String instance, Clock clock) {
        this.store = store;
        this.prefix = instance + "/";
        this.clock = clock;
    }

    /** Keeps a request that has passed every check; gives its {@code request_uri}. */
    public String add(String client, Parameters parameters, Duration life) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant until = clock.instant().plus(life);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("client", client);
        body.put(UNTIL, until.toEpochMilli());
        body.put("parameters", parameters.asMap());
        String gone = moment(until.plus(PAGES));
        try {
            store.commit(List.of(new Write.Put(
                    new Item(KIND, prefix + name, 0, Json.text(body), List.of(new Item.Index(UNTIL, gone, false))))));
        } catch (Store.Conflict impossible) {
            throw new IllegalStateException("two pushed requests of one name", impossible);
        }
        return PREFIX + name;
    }

    /** What this client pushed under that name, unless it is too old, or was answered. */
    public Optional<Parameters> find(String client, String uri) throws Refused {
        Optional<Map<String, Object>> body = item(uri)
                .flatMap(item -> Json.object(item.body()))
                .filter(json -> client.equals(json.get("client")))
                .filter(json -> json.get(UNTIL) instanceof Number until && until.longValue() > clock.millis());
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(Parameters.of(lists(body.get().get("parameters"))));
    }

    /** Uses it up; says whether nobody was faster. */
    public boolean use(String uri) {
        Optional<Item> item = item(uri);
        return item.isPresent() && isDeleted(item.get());
    }

    private Optional<Item> item(String uri) {
        return uri.startsWith(PREFIX) && uri.length() > PREFIX.length() && uri.length() <= PREFIX.length() + 2 * BYTES
                ? store.get(KIND, prefix + uri.substring(PREFIX.length()))
                : Optional.empty();
    }

    private boolean isDeleted(Item item) {
        try {
            store.commit(List.of(new Write.Delete(KIND, item.key(), item.version())));
            return true;
        } catch (Store.Conflict faster) {
            return false;
        }
    }

    private static Map<String, List<String>> lists(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(
                                Collectors.toMap(each -> String.valueOf(each.getKey()), each -> texts(each.getValue())))
                : Map.of();
    }

    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }

    private static String moment(Instant moment) {
        return Item.Index.uniqueNumber(UNTIL, moment.toEpochMilli()).value();
    }

    /** Takes away what nobody can use any more; at most some hundreds at once. */
    public void sweep() {
        if (store.isReadOnly()) {
            return;
        }
        String now = moment(clock.instant());
        for (Store.Hit hit : store.scan(KIND, UNTIL, "", "", "", MOST_SWEPT)) {
            if (hit.value().compareTo(now) > 0) {
                return;
            }
            isDeleted(hit.item()); // or another node has swept it
        }
    }
}
