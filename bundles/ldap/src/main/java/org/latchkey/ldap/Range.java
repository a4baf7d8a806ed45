package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of the entities, or of the groups, that the directory finds by itself.
 *
 * @param kind how it is found
 * @param value the name, the beginning of names, or whom they are related to
 */
record Range(Way kind, String value) {

    enum Way {
        /** The one of that name. */
        NAMED(1),
        /** The members of a group; the groups of an entity. */
        RELATED(50),
        /** Those whose names begin so. */
        BEGINNING(500),
        ALL(1_000_000);

        private final int cost;

        Way(int cost) {
            this.cost = cost;
        }
    }

    private static final Range ALL = new Range(Way.ALL, "");
    private static final int MOST = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");

    static Range named(String name) {
        return new Range(Way.NAMED, name);
    }

    /**
     * Ranges of the space that hold together whatever the filter can match there; none if it can match nothing.
     *
     * @param filter as {@link Question} puts it
     */
    static List<Range> of(Filter filter, Space space, Tree tree) throws LDAPException {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> narrowest(filter.getComponents(), space, tree);
            case Filter.FILTER_TYPE_OR -> together(filter.getComponents(), space, tree);
            case Filter.FILTER_TYPE_NOT -> List.of(ALL);
            default -> ofItem(filter, space, tree);
        };
    }

    private static List<Range> narrowest(Filter[] components, Space space, Tree tree) throws LDAPException {
        List<Range> narrowest = List.of(ALL);
        for (Filter component : components) {
            List<Range> ranges = of(component, space, tree);
            if (cost(ranges) < cost(narrowest)) {
                narrowest = ranges;
            }
        }
        return narrowest;
    }

    private static List<Range> together(Filter[] components, Space space, Tree tree) throws LDAPException {
        List<Range> together = new ArrayList<>();
        for (Filter component : components) {
            of(component, space, tree).stream()
                    .filter(range -> !together.contains(range))
                    .forEach(together::add);
        }
        return together.size() > MOST || together.contains(ALL) ? List.of(ALL) : together;
    }

    private static int cost(List<Range> ranges) {
        return ranges.stream().mapToInt(range -> range.kind().cost).sum();
    }

    private static List<Range> ofItem(Filter item, Space space, Tree tree) throws LDAPException {
        String attribute = item.getAttributeName();
        if (!space.has(attribute)) {
            return List.of();
        }
        if (item.getFilterType() == Filter.FILTER_TYPE_EQUALITY) {
            return ofValue(attribute, item.getAssertionValue(), space, tree);
        }
        boolean begins = item.getFilterType() == Filter.FILTER_TYPE_SUBSTRING && item.getSubInitialString() != null;
        return begins && attribute.equals(space.naming())
                ? ifName(Way.BEGINNING, item.getSubInitialString())
                : List.of(ALL);
    }

    private static List<Range> ofValue(String attribute, String value, Space space, Tree tree) throws LDAPException {
        if (attribute.equals(space.naming())) {
            return ifName(Way.NAMED, value);
        }
        if (attribute.equals(space.relation())) {
            Place place = tree.locate(value);
            return place.is(space.related()) ? ifName(Way.RELATED, place.name()) : List.of();
        }
        if (attribute.equals("memberUid")) {
            return ifName(Way.RELATED, value);
        }
        if (attribute.equals("entryDN")) {
            Place place = tree.locate(value);
            return place.is(space.kind()) ? ifName(Way.NAMED, place.name()) : List.of();
        }
        return attribute.equals("objectClass") && !space.hasClass(value) ? List.of() : List.of(ALL);
    }

    /** Nothing has a name that cannot be one. */
    private static List<Range> ifName(Way way, String name) {
        return isName(name) ? List.of(new Range(way, name)) : List.of();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
