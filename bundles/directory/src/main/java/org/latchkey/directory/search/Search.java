package org.latchkey.directory.search;

import java.util.function.Function;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;

/**
 * Answers queries about one kind of thing; the language is described at {@link
 * org.latchkey.api.service.Directory#entities}. Keeps nothing between two pages.
 */
public final class Search<T> {

    private static final int MOST = 1000;

    private final Store store;
    private final Vocabulary<T> vocabulary;
    private final Function<Item, T> decode;

    private Search(Store store, Vocabulary<T> vocabulary, Function<Item, T> decode) {
        this.store = store;
        this.vocabulary = vocabulary;
        this.decode = decode;
    }

    public static Search<Entity> ofEntities(Store store, Function<Item, Entity> decode) {
        return new Search<>(store, EntityFields.vocabulary(), decode);
    }

    public static Search<Group> ofGroups(Store store, Function<Item, Group> decode) {
        return new Search<>(store, GroupFields.vocabulary(), decode);
    }

    /**
     * One page; refuses (INVALID) at {@code /q}, {@code /cursor} or {@code /limit} what cannot be answered.
     *
     * @param after the cursor of the page before, empty for the first
     */
    public Page<T> page(String query, String after, int limit) {
        refuseUnusable(limit);
        Node<T> node = Parser.parse(query, vocabulary);
        Cursor cursor = new Cursor(vocabulary.kind(), query);
        Position start = after.isEmpty() ? Position.START : cursor.read(after);
        Walk<T> walk = new Walk<>(store, vocabulary.kind(), decode, node, new Work(query));
        return walk.page(start, limit, cursor);
    }

    public static void refuseUnusable(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("/limit", "The limit is 1 to " + MOST + ".");
        }
    }
}
