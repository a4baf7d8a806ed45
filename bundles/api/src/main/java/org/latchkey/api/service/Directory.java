package org.latchkey.api.service;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.osgi.annotation.versioning.ProviderType;

/** Reads who exists. Calls no hook, so a hook may refer to it. */
@ProviderType
public interface Directory {

    Optional<Entity> entity(String id);

    /**
     * What decides whether something that an entity was given earlier, such as a session or a token, is still good: whoever
     * gives it out notes the standing, and compares.
     *
     * @param number of the entity; one of the same name and another number is somebody else
     * @param locked whether nothing of it is good at the moment
     * @param era counts the changes of the secret and the locks: what was given out in another one is over for good
     */
    record Standing(long number, boolean locked, long era) {}

    /** How an entity stands now; nothing if there is none of that name. */
    default Optional<Standing> standing(String id) {
        return entity(id).map(entity -> new Standing(entity.number(), entity.locked(), 0));
    }

    Optional<Group> group(String name);

    /**
     * Entities that are as a query says.
     *
     * <p>A query is made of terms. A term is a value, which is compared with everything that names somebody: the id and
     * the metadata {@code display_name}, {@code legal_name}, {@code gecos} and {@code badge_number}; or it is
     * {@code field:value}. The value has to be like the whole of the text, where {@code *} is any number of characters
     * and {@code ?} is one. Case does not count, and compatibility forms (NFKC) count as what they stand for. Terms
     * beside one another must all be met, as with {@code AND}; there are also {@code OR}, {@code NOT} (all three in
     * capitals), {@code -term} for {@code NOT term}, {@code +term} for {@code term}, and parentheses. {@code NOT} binds
     * closest, {@code OR} least. Between quotation marks, and after a backslash there and elsewhere, every character
     * stands for itself. {@code *} is met by all.
     *
     * <p>The fields; case and underscores in their names do not count:
     *
     * <ul>
     *   <li>{@code id};
     *   <li>{@code number}: a number, or one after {@code >=}, {@code >}, {@code <=} or {@code <}, as in
     *       {@code number:>=1000};
     *   <li>{@code locked}: {@code true} or {@code false};
     *   <li>{@code group}: the groups it is a direct member of;
     *   <li>{@code capability}: those it holds directly;
     *   <li>{@code meta.} and the name of a {@link org.latchkey.api.MetaField}, as {@code meta.display_name} or
     *       {@code meta.DisplayName};
     *   <li>{@code kv.} and a key, exactly as it is: all values of that key and of those that differ from it by a
     *       Z-index; {@code kv.*} is every key;
     *   <li>{@code key.} and a type in any case: the public keys of that type.
     * </ul>
     *
     * A text that is not set is like nothing, not even {@code *}: {@code NOT meta.shell:*} finds who has no shell.
     * Secrets and their hashes are no part of an entity and cannot be asked for.
     *
     * <p>The order depends on the query alone. If it can be looked up, by an id, a name, a group or a number, it is that
     * of the lookup: by number, or by the beginning that was asked for (case folded, then by id), else by id. Where there
     * are several places to look, as for a term without a field or for {@code OR}, they come one after another, the id
     * before the other names, and each entity comes once. What cannot be looked up is found by going through all, by id;
     * a page looks at about eight hundred and may therefore hold fewer than asked for, even none, and yet have a next.
     *
     * <p>An entity that is there and matches from the first page to the last comes exactly once, whatever is added and
     * removed meanwhile, provided that the values it is looked up by do not change.
     *
     * <p>Refused (INVALID): at {@code /q}, with the column, what is no query, names an unknown field, has control
     * characters, or is more than 1,024 characters, 64 terms or 16 deep; at {@code /cursor} a cursor of another query;
     * at {@code /limit} another limit.
     *
     * @param query such as {@code abc*}, {@code id:abc}, or {@code group:staff -locked:true}
     * @param after the cursor of the page before, empty for the first; good for the same query only
     * @param limit 1 to 1,000
     */
    Page<Entity> entities(String query, String after, int limit);

    /**
     * Groups that are as a query says; all as for {@link #entities}, but a value without a field is compared with name
     * and display name, and the fields are {@code name}, {@code number}, {@code display_name}, {@code managed_by},
     * {@code capability}, {@code include} and {@code exclude} (the targets of its rules), and {@code kv.} with a key.
     */
    Page<Group> groups(String query, String after, int limit);

    /** The groups an entity is in in effect, rules included; refused (NOT_FOUND) if there is no such entity. */
    Set<String> groupsOf(String id);

    /**
     * The entities in a group in effect, rules included, by id; refused (NOT_FOUND) if there is no such group. A page
     * may hold fewer than asked for and yet have a next.
     */
    Page<Entity> members(String group, String after, int limit);

    /** What an entity may do, by itself and through its groups. */
    Set<Capability> capabilities(Entity entity);
}
