package org.latchkey.admin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.latchkey.api.Kv;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/**
 * Untyped metadata of entities and groups: NetAuth's KV2, and its older untyped metadata with a Z-index, over the same
 * keys; see {@link Kv}.
 */
final class KvRoutes {

    private static final Response FAILED = Response.empty(412);

    private final List<KvOwners> owners;

    KvRoutes(List<KvOwners> owners) {
        this.owners = List.copyOf(owners);
    }

    List<Route> routes() {
        return owners.stream().flatMap(KvRoutes::routes).toList();
    }

    private static Stream<Route> routes(KvOwners of) {
        String all = of.template() + "/kv";
        String one = all + "/{key}";
        return Stream.of(
                Route.of("GET", all, of.readers(), x -> all(of, x)),
                Route.json("POST", all, Access.TOKEN, x -> add(of, x)),
                Route.of("GET", one, of.readers(), x -> one(of, x)),
                Route.json("PUT", one, Access.TOKEN, x -> put(of, x)),
                Route.of("DELETE", one, Access.TOKEN, x -> delete(of, x)));
    }

    /** All, or those that share a name, in the order of their Z-index. */
    private static Response all(KvOwners of, Exchange exchange) {
        Optional<String> name = Paging.single(exchange.request(), "name");
        Map<String, List<String>> kv = of.read(exchange.argument(0));
        return Replies.json(Map.of("kv", name.map(wanted -> Kv.read(kv, wanted)).orElse(kv)));
    }

    private static Response one(KvOwners of, Exchange exchange) {
        String key = exchange.argument(1);
        Map<String, List<String>> kv = of.read(exchange.argument(0));
        if (!kv.containsKey(key)) {
            throw Refusal.notFound("key", key);
        }
        return Replies.json(json(key, kv.get(key)));
    }

    private static Map<String, Object> json(String key, List<String> values) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put("values", values);
        return json;
    }

    private static Response add(KvOwners of, Exchange exchange) throws IOException {
        try (Fields body = exchange.body("key", "values", "value")) {
            String key = body.text("key");
            List<String> values = values(body);
            of.change(exchange, Kv.add(key, values));
            String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
            return Replies.created(of.place(exchange.argument(0)) + "/kv/" + encoded, json(key, values));
        }
    }

    /** Sets the values; under a precondition, replaces only or adds only. */
    private static Response put(KvOwners of, Exchange exchange) throws IOException {
        Precondition precondition = Precondition.of(exchange.request());
        try (Fields body = exchange.body("values", "value")) {
            of.change(exchange, change(precondition, exchange.argument(1), values(body)));
            return Replies.done();
        } catch (Refusal refusal) {
            if (precondition.isFailedBy(refusal)) {
                return FAILED;
            }
            throw refusal;
        }
    }

    private static UnaryOperator<Map<String, List<String>>> change(
            Precondition precondition, String key, List<String> values) {
        return switch (precondition) {
            case NONE -> Kv.put(key, values);
            case THERE -> Kv.replace(key, values);
            case NOT_THERE -> Kv.add(key, values);
        };
    }

    /** Removes exactly this key, which must be there; or, if wanted, whatever has this name, if anything has. */
    private static Response delete(KvOwners of, Exchange exchange) {
        String key = exchange.argument(1);
        of.change(exchange, wantsFuzzy(exchange.request()) ? Kv.clearFuzzy(key) : Kv.remove(key));
        return Replies.done();
    }

    private static boolean wantsFuzzy(Request request) {
        String fuzzy = Paging.single(request, "fuzzy").orElse("false");
        if (!List.of("true", "false").contains(fuzzy)) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "The parameter fuzzy is true or false.");
        }
        return fuzzy.equals("true");
    }

    /** Either {@code values} or the short form {@code value}; to take a key away is DELETE. */
    private static List<String> values(Fields body) {
        if (body.has("value") == body.has("values")) {
            throw Refusal.invalid("", "One of value and values is required.");
        }
        List<String> values = body.has("value") ? List.of(body.text("value")) : body.texts("values");
        if (values.isEmpty()) {
            throw Refusal.invalid("/values", "At least one value is required.");
        }
        return values;
    }
}
