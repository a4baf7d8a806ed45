package org.latchkey.admin;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/**
 * A kind of what has KV.
 *
 * @param template where each of them is
 * @param readers who may read it
 * @param reader reads the KV of one, or refuses (NOT_FOUND)
 * @param writer changes it
 */
record KvOwners(String template, Access readers, Reader reader, Writer writer) {

    /** Reads the KV of the one of that name. */
    @FunctionalInterface
    interface Reader {
        Map<String, List<String>> read(String name);
    }

    /** Changes the KV of the one of that name. */
    @FunctionalInterface
    interface Writer {
        Object change(Caller caller, String name, UnaryOperator<Map<String, List<String>>> change);
    }

    static KvOwners entities(Directory directory, DirectoryWriter writer) {
        return new KvOwners(
                "/entities/{id}",
                Access.SELF_OR_ANY_CAPABILITY,
                id -> directory.entity(id).map(Entity::kv).orElseThrow(() -> Refusal.notFound("entity", id)),
                writer::changeEntityKv);
    }

    static KvOwners groups(Directory directory, DirectoryWriter writer) {
        return new KvOwners(
                "/groups/{name}",
                Access.ANY_CAPABILITY,
                name -> directory.group(name).map(Group::kv).orElseThrow(() -> Refusal.notFound("group", name)),
                writer::changeGroupKv);
    }

    Map<String, List<String>> read(String name) {
        return reader.read(name);
    }

    /** Changes the KV of the one that the request's first argument names. */
    void change(Exchange exchange, UnaryOperator<Map<String, List<String>>> change) {
        writer.change(exchange.caller(), exchange.argument(0), change);
    }

    /** Where the one of that name is. */
    String place(String name) {
        return template.substring(0, template.lastIndexOf('/') + 1) + name;
    }
}
