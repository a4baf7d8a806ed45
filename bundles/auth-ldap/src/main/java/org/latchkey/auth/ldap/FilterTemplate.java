package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A search filter (RFC 4515) with places for values. It is read once; values are put into what was read and never become
 * text of a filter again, so that no value can change what the filter means.
 */
final class FilterTemplate {

    private final Filter filter;
    private final Set<String> places;

    private FilterTemplate(Filter filter, Set<String> places) {
        this.filter = filter;
        this.places = places;
    }

    /**
     * Reads a filter.
     *
     * @param places what stands for a value, such as {@code {username}}; at least one of them must occur
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static FilterTemplate of(String setting, String text, String... places) {
        try {
            FilterTemplate template = new FilterTemplate(Filter.create(text), Set.of(places));
            if (template.equalities(template.filter).findAny().isEmpty()) {
                throw new IllegalArgumentException(
                        setting + " must compare something with " + String.join(" or ", places));
            }
            template.filled(template.filter, value -> value);
            return template;
        } catch (LDAPException malformed) {
            throw new IllegalArgumentException(setting + " is not a filter: " + malformed.getMessage(), malformed);
        }
    }

    /** The filter with these values, each where its name stands. */
    Filter with(Map<String, String> values) {
        return filled(filter, text -> put(text, values));
    }

    /** Whether an attribute that the filter compares with the value has just that value, apart from case. */
    boolean holdsLiterally(Entry entry, Map<String, String> values) {
        return equalities(filter).anyMatch(each -> {
            String wanted = put(each.getAssertionValue(), values).toLowerCase(Locale.ROOT);
            String[] held = entry.getAttributeValues(each.getAttributeName());
            return held != null
                    && Stream.of(held)
                            .anyMatch(value -> value.toLowerCase(Locale.ROOT).equals(wanted));
        });
    }

    /** The attributes that are compared with a value. */
    Set<String> attributes() {
        Set<String> names = new TreeSet<>();
        equalities(filter).forEach(each -> names.add(each.getAttributeName()));
        return names;
    }

    private static String put(String text, Map<String, String> values) {
        for (Map.Entry<String, String> each : values.entrySet()) {
            if (text.contains(each.getKey())) {
                return text.replace(each.getKey(), each.getValue());
            }
        }
        return text;
    }

    private boolean hasPlace(String text) {
        return places.stream().anyMatch(text::contains);
    }

    /** Those that decide for somebody, not against. */
    private Stream<Filter> equalities(Filter part) {
        return switch (part.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR ->
                Stream.of(part.getComponents()).flatMap(this::equalities);
            case Filter.FILTER_TYPE_EQUALITY -> Stream.of(part).filter(each -> hasPlace(each.getAssertionValue()));
            case Filter.FILTER_TYPE_EXTENSIBLE_MATCH ->
                Stream.of(part).filter(each -> each.getAttributeName() != null && hasPlace(each.getAssertionValue()));
            default -> Stream.empty();
        };
    }

    private Filter filled(Filter part, UnaryOperator<String> value) {
        return switch (part.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(all(part, value));
            case Filter.FILTER_TYPE_OR -> Filter.createORFilter(all(part, value));
            case Filter.FILTER_TYPE_NOT -> Filter.createNOTFilter(filled(part.getNOTComponent(), value));
            case Filter.FILTER_TYPE_EQUALITY ->
                Filter.createEqualityFilter(part.getAttributeName(), value.apply(part.getAssertionValue()));
            case Filter.FILTER_TYPE_EXTENSIBLE_MATCH ->
                Filter.createExtensibleMatchFilter(
                        part.getAttributeName(),
                        part.getMatchingRuleID(),
                        part.getDNAttributes(),
                        value.apply(part.getAssertionValue()));
            default -> asItIs(part);
        };
    }

    private List<Filter> all(Filter part, UnaryOperator<String> value) {
        return Arrays.stream(part.getComponents())
                .map(each -> filled(each, value))
                .toList();
    }

    private Filter asItIs(Filter part) {
        if (hasPlace(part.toString())) {
            throw new IllegalArgumentException(
                    String.join(" or ", places) + " must be compared with =, without *, not as in " + part);
        }
        return part;
    }

    @Override
    public String toString() {
        return filter.toString();
    }
}
