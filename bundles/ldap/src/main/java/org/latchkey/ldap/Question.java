package org.latchkey.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A filter that can be put to every entry. Attributes have their own names in it and DNs are written in one way. An
 * item that is Undefined (RFC 4511, 4.5.1.7: an attribute nobody knows, a value that is none of it) is put so that
 * neither it nor its negation matches.
 */
final class Question {

    private static final int MOST_ITEMS = 500;
    private static final Filter TRUE = Filter.createANDFilter();
    private static final Filter FALSE = Filter.createORFilter();

    private final Tree tree;
    private final Vocabulary vocabulary;
    private final Set<String> attributes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Filter filter;
    private int items;

    /** Refuses (INAPPROPRIATE_MATCHING) extensible matches, and (ADMIN_LIMIT_EXCEEDED) what is endless. */
    Question(Filter asked, Tree tree, Vocabulary vocabulary) throws LDAPException {
        this.tree = tree;
        this.vocabulary = vocabulary;
        this.filter = rewritten(asked, FALSE);
    }

    /** The filter as it is put. */
    Filter filter() {
        return filter;
    }

    /** The attributes it asks about. */
    Set<String> attributes() {
        return attributes;
    }

    boolean matches(Entry entry) throws LDAPException {
        return filter.matchesEntry(entry, vocabulary.schema());
    }

    /** @param undefined what stands for Undefined here: false, and true beneath a negation */
    private Filter rewritten(Filter asked, Filter undefined) throws LDAPException {
        if (++items > MOST_ITEMS) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The filter has more than " + MOST_ITEMS + " items.");
        }
        return switch (asked.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(all(asked.getComponents(), undefined));
            case Filter.FILTER_TYPE_OR -> Filter.createORFilter(all(asked.getComponents(), undefined));
            case Filter.FILTER_TYPE_NOT ->
                Filter.createNOTFilter(rewritten(asked.getNOTComponent(), undefined == FALSE ? TRUE : FALSE));
            case Filter.FILTER_TYPE_EXTENSIBLE_MATCH ->
                throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING, "Extensible matches are not supported.");
            default -> item(asked).orElse(undefined);
        };
    }

    private List<Filter> all(Filter[] components, Filter undefined) throws LDAPException {
        List<Filter> rewritten = new ArrayList<>();
        for (Filter component : components) {
            rewritten.add(rewritten(component, undefined));
        }
        return rewritten;
    }

    /** One item, or nothing if it is Undefined. */
    private Optional<Filter> item(Filter asked) {
        Optional<AttributeTypeDefinition> known = vocabulary.attribute(asked.getAttributeName());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String name = known.get().getNameOrOID();
        attributes.add(name);
        return switch (asked.getFilterType()) {
            case Filter.FILTER_TYPE_PRESENCE -> Optional.of(Filter.createPresenceFilter(name));
            case Filter.FILTER_TYPE_SUBSTRING ->
                Optional.of(asked)
                        .filter(substring -> known.get().getSubstringMatchingRule(vocabulary.schema()) != null)
                        .map(substring -> Filter.createSubstringFilter(
                                name,
                                substring.getSubInitialBytes(),
                                substring.getSubAnyBytes(),
                                substring.getSubFinalBytes()));
            case Filter.FILTER_TYPE_GREATER_OR_EQUAL ->
                ordered(asked, known.get()).map(value -> Filter.createGreaterOrEqualFilter(name, value));
            case Filter.FILTER_TYPE_LESS_OR_EQUAL ->
                ordered(asked, known.get()).map(value -> Filter.createLessOrEqualFilter(name, value));
            // approximately equal is equal (RFC 4511, 4.5.1.7.6)
            default -> value(asked, known.get()).map(value -> Filter.createEqualityFilter(name, value));
        };
    }

    private Optional<String> ordered(Filter asked, AttributeTypeDefinition attribute) {
        return attribute.getOrderingMatchingRule(vocabulary.schema()) == null
                ? Optional.empty()
                : value(asked, attribute);
    }

    /** The value that is asked for, if it can be one of the attribute. */
    private Optional<String> value(Filter asked, AttributeTypeDefinition attribute) {
        String value = asked.getAssertionValue();
        try {
            if (Vocabulary.isDn(attribute)) {
                return Optional.of(tree.canonical(value));
            }
            MatchingRule.selectEqualityMatchingRule(attribute.getNameOrOID(), vocabulary.schema())
                    .normalize(new ASN1OctetString(value));
            return Optional.of(value);
        } catch (LDAPException none) {
            return Optional.empty();
        }
    }
}
