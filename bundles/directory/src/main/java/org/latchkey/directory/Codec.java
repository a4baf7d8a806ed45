package org.latchkey.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.store.Item;

/** Writes accounts and groups as the JSON bodies of stored items, and reads them back. */
final class Codec {

    private static final int MOST_ACCOUNTS = 20_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectReader TREE = JSON.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = JSON.writer();

    /**
     * Accounts by the very item they were read from: a store that gives the same item again, because nothing
     * has changed, is not decoded again. An item that nobody holds any more takes its account along.
     */
    private static final Cache<Item, Account> ACCOUNTS = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(MOST_ACCOUNTS)
            .executor(Runnable::run)
            .build();

    private Codec() {}

    static String body(Account account) {
        Map<String, Object> body = new LinkedHashMap<>(account.entity().json());
        account.secret().ifPresent(hash -> body.put("secret", hash.text()));
        if (account.era() > 0) {
            body.put("era", account.era());
        }
        return write(body);
    }

    static String body(Group group) {
        return write(group.json());
    }

    static Account account(Item item) {
        return ACCOUNTS.get(item, Codec::read);
    }

    private static Account read(Item item) {
        JsonNode body = tree(item);
        Optional<SecretHash> secret =
                Optional.ofNullable(body.get("secret")).map(hash -> new SecretHash(hash.textValue()));
        Map<MetaField, String> meta = new LinkedHashMap<>();
        body.path("meta").properties().forEach(field -> MetaField.of(field.getKey())
                .ifPresent(known -> meta.put(known, field.getValue().textValue())));
        return new Account(
                new Entity(
                        item.key(),
                        body.path("number").longValue(),
                        body.path("locked").booleanValue(),
                        secret.isPresent(),
                        meta,
                        new LinkedHashSet<>(texts(body.path("groups"))),
                        capabilities(body),
                        lists(body.path("keys")),
                        lists(body.path("kv")),
                        item.version()),
                secret,
                body.path("era").longValue());
    }

    static Group group(Item item) {
        JsonNode body = tree(item);
        return new Group(
                item.key(),
                body.path("number").longValue(),
                body.path("display_name").asText(""),
                body.path("managed_by").asText(""),
                capabilities(body),
                rules(body),
                lists(body.path("kv")),
                item.version());
    }

    private static Set<Capability> capabilities(JsonNode body) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        texts(body.path("capabilities")).forEach(name -> Capability.of(name).ifPresent(capabilities::add));
        return capabilities;
    }

    private static Map<String, Group.Rule> rules(JsonNode body) {
        Map<String, Group.Rule> rules = new LinkedHashMap<>();
        body.path("rules").properties().forEach(entry -> Group.Rule.of(
                        entry.getValue().asText())
                .ifPresent(rule -> rules.put(entry.getKey(), rule)));
        return rules;
    }

    private static Map<String, List<String>> lists(JsonNode object) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        object.properties().forEach(entry -> lists.put(entry.getKey(), texts(entry.getValue())));
        return lists;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(each -> texts.add(each.textValue()));
        return texts;
    }

    private static String write(Map<String, Object> body) {
        try {
            return WRITER.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode tree(Item item) {
        try {
            return TREE.readTree(item.body());
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("The stored " + item.kind() + " " + item.key() + " is damaged");
        }
    }
}
