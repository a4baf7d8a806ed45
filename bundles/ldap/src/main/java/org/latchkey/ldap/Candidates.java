package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.service.Directory;
import org.latchkey.ldap.Place.Kind;

/**
 * The entries in the scope of a search that its reader may see and its filter might match, one after the other: what
 * can be looked up is not searched for.
 */
final class Candidates {

    private final Directory directory;
    private final Tree tree;
    private final Reader reader;
    private final Entries entries;

    Candidates(Directory directory, Tree tree, Reader reader, Entries entries) {
        this.directory = directory;
        this.tree = tree;
        this.reader = reader;
        this.entries = entries;
    }

    /** The entry at a place, if there is one and the reader may see it: the one looks like the other. */
    Optional<Entry> at(Place place) {
        return switch (place.kind()) {
            case BASE -> Optional.of(entries.base());
            case ENTITIES -> Optional.of(entries.entities());
            case GROUPS -> Optional.of(entries.groups());
            case ENTITY -> entity(place.name()).map(entries::of);
            case GROUP -> group(place.name()).map(entries::of);
            default -> Optional.empty();
        };
    }

    /** Those within the scope of a place at which there is an entry. */
    Iterator<Entry> in(Place place, SearchScope scope, Question question) throws LDAPException {
        boolean itself = scope.equals(SearchScope.BASE) || scope.equals(SearchScope.SUB);
        boolean below = !scope.equals(SearchScope.BASE);
        List<Supplier<Iterator<Entry>>> parts = new ArrayList<>();
        if (itself) {
            parts.add(() -> at(place).stream().iterator());
        }
        if (below && place.is(Kind.BASE)) {
            parts.add(() -> List.of(entries.entities(), entries.groups()).iterator());
        }
        boolean deep = place.is(Kind.BASE) && !scope.equals(SearchScope.ONE);
        if (below && (deep || place.is(Kind.ENTITIES))) {
            for (Range range : entityRanges(question)) {
                parts.add(() -> mapped(entities(range), entries::of));
            }
        }
        if (below && (deep || place.is(Kind.GROUPS))) {
            for (Range range : groupRanges(question)) {
                parts.add(() -> mapped(groups(range), entries::of));
            }
        }
        return new Chained(parts.iterator());
    }

    private List<Range> entityRanges(Question question) throws LDAPException {
        return reader.readsAll()
                ? Range.of(question.filter(), Space.ENTITIES, tree)
                : reader.self().map(Range::named).stream().toList();
    }

    private List<Range> groupRanges(Question question) throws LDAPException {
        return reader.readsAll()
                ? Range.of(question.filter(), Space.GROUPS, tree)
                : reader.self().stream()
                        .flatMap(self -> directory.groupsOf(self).stream())
                        .map(Range::named)
                        .toList();
    }

    private Iterator<Entity> entities(Range range) {
        return switch (range.kind()) {
            case NAMED -> entity(range.value()).stream().iterator();
            case RELATED ->
                directory.group(range.value()).isPresent()
                        ? new Walk<>(after -> directory.members(range.value(), after, Walk.PAGE))
                        : Collections.emptyIterator();
            case BEGINNING, ALL -> new Walk<>(after -> directory.entities(range.value() + "*", after, Walk.PAGE));
        };
    }

    private Iterator<Group> groups(Range range) {
        return switch (range.kind()) {
            case NAMED -> group(range.value()).stream().iterator();
            case RELATED ->
                directory.entity(range.value()).stream()
                        .flatMap(entity -> directory.groupsOf(entity.id()).stream())
                        .flatMap(name -> directory.group(name).stream())
                        .iterator();
            case BEGINNING, ALL -> new Walk<>(after -> directory.groups(range.value() + "*", after, Walk.PAGE));
        };
    }

    private Optional<Entity> entity(String id) {
        return Range.isName(id) && (reader.readsAll() || reader.isSelf(id)) ? directory.entity(id) : Optional.empty();
    }

    private Optional<Group> group(String name) {
        boolean visible = Range.isName(name)
                && (reader.readsAll()
                        || reader.self()
                                .filter(self -> directory.groupsOf(self).contains(name))
                                .isPresent());
        return visible ? directory.group(name) : Optional.empty();
    }

    private static <T> Iterator<Entry> mapped(Iterator<T> from, Function<T, Entry> to) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public Entry next() {
                return to.apply(from.next());
            }
        };
    }

    /** One part after the other, and of what is in several of them the first. */
    private static final class Chained implements Iterator<Entry> {

        private final Iterator<Supplier<Iterator<Entry>>> parts;
        private final Set<String> seen = new HashSet<>();
        private Iterator<Entry> part = Collections.emptyIterator();
        private Optional<Entry> ahead = Optional.empty();

        Chained(Iterator<Supplier<Iterator<Entry>>> parts) {
            this.parts = parts;
        }

        @Override
        public boolean hasNext() {
            while (ahead.isEmpty() && (part.hasNext() || parts.hasNext())) {
                if (!part.hasNext()) {
                    part = parts.next().get();
                } else {
                    ahead = Optional.of(part.next()).filter(entry -> seen.add(entry.getDN()));
                }
            }
            return ahead.isPresent();
        }

        @Override
        public Entry next() {
            hasNext();
            Entry next = ahead.orElseThrow();
            ahead = Optional.empty();
            return next;
        }
    }
}
