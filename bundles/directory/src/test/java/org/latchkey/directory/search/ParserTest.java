package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;

public class ParserTest {

    /** With groups, because a term without a field is short there: name or display name. */
    private static final Vocabulary<Group> GROUPS = GroupFields.vocabulary();

    @Test
    public void queriesMeanWhatTheyShould() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("name:a", "name=a");
        table.put("NAME:Abc", "name=abc");
        table.put("DisplayName:a", "display_name=a");
        table.put("display_name:a", "display_name=a");
        table.put("ManagedBy:a", "managed_by=a");
        table.put("a", "(name=a | display_name=a)");
        table.put("*", "(name=* | display_name=*)");
        table.put("name:a name:b", "(name=a & name=b)");
        table.put("name:a AND name:b", "(name=a & name=b)");
        table.put("name:a OR name:b name:c", "(name=a | (name=b & name=c))");
        table.put("(name:a OR name:b) name:c", "((name=a | name=b) & name=c)");
        table.put("NOT name:a OR name:b", "(!name=a | name=b)");
        table.put("-name:a +name:b", "(!name=a & name=b)");
        table.put("--name:a", "!!name=a");
        table.put("-(name:a name:b)", "!(name=a & name=b)");
        table.put("  name:a\u3000\u00a0name:b ", "(name=a & name=b)");
        table.put("name:a(name:b)", "(name=a & name=b)");
        table.put("name:and name:or name:not", "(name=and & name=or & name=not)");
        table.put("name:a-b+c", "name=a-b+c");
        table.put("name:\"AND\" name:\\OR", "(name=and & name=or)");
        table.put("name:a*b?c", "name=a*b?c");
        table.put("name:a\\*b", "name=a[*]b");
        table.put("name:\"a*b? \\\"c\\\" \\\\\"", "name=a[*]b[?] \"c\" \\");
        table.put("name:\"Ada Lo\"*", "name=ada lo*");
        table.put("name:Ada\\ Lo*", "name=ada lo*");
        table.put("name:http://x", "name=http://x");
        table.put("kv.a\\:b:c", "kv=c");
        table.put("kv.\"a b\":c", "kv=c");
        table.put("kv.*:c", "kv=c");
        table.put("KV.Key{0}:c", "kv=c");
        table.put("number:5", "number 5..5");
        table.put("Number:>=5", "number 5..");
        table.put("number:>5", "number 6..");
        table.put("number:<=5", "number 0..5");
        table.put("number:<5", "number 0..4");
        table.put("capability:Create_Group", "capability=create_group");
        table.put("capability:create*", "capability=create*");
        table.put("include:a exclude:b", "(include=a & exclude=b)");
        table.put("name:\u00c4\u212b\ufb01STRA\u00dfE", "name=\u00e4\u00e5fistrasse");
        table.forEach((query, meaning) ->
                assertThat(shown(Parser.parse(query, GROUPS))).as(query).isEqualTo(meaning));
    }

    @Test
    public void malformedQueriesAreRefusedWithTheColumnAndWhatWasExpected() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("", "Column 1: expected a term, not the end.");
        table.put("   ", "Column 4: expected a term, not the end.");
        table.put("a AND", "Column 6: expected a term, not the end.");
        table.put("a AND OR b", "Column 7: expected a term, not OR.");
        table.put("OR a", "Column 1: expected a term, not OR.");
        table.put("AND", "Column 1: expected a term, not AND.");
        table.put("a NOT", "Column 6: expected a term, not the end.");
        table.put("()", "Column 2: expected a term, not ).");
        table.put("a)", "Column 2: there is no ( that this ) closes.");
        table.put("(a b", "Column 5: expected ) for the ( in column 1.");
        table.put("a (b (c)", "Column 9: expected ) for the ( in column 3.");
        table.put("name:\"abc", "Column 6: expected another \" where the quotation ends.");
        table.put("\ud83d\ude00 \"", "Column 3: expected another \" where the quotation ends.");
        table.put("abc\\", "Column 4: expected a character after the backslash.");
        table.put("\"abc\\", "Column 5: expected a character after the backslash.");
        table.put("- a", "Column 2: expected a term right after -.");
        table.put("a +", "Column 4: expected a term right after +.");
        table.put("name:", "Column 6: expected what to look for; an empty text is found by NOT and *.");
        table.put("name: a", "Column 6: expected what to look for; an empty text is found by NOT and *.");
        table.put("name:\"\"", "Column 6: expected what to look for; an empty text is found by NOT and *.");
        table.put("a \"\"", "Column 3: expected what to look for; an empty text is found by NOT and *.");
        table.put("name:(a)", "Column 6: expected what to look for; an empty text is found by NOT and *.");
        table.put(":a", "Column 1: expected the name of a field before the colon.");
        table.put(
                "a shoe:b",
                "Column 3: there is no field \"shoe\"; fields are name, display_name, number, managed_by, capability,"
                        + " include, exclude, kv.KEY. A colon that is part of a text is quoted.");
        String number = "expected a number, or one of >=, >, <=, < and a number right after it.";
        for (String bad : List.of("x", "1*", "-1", "1.5", ">=", "=>5", "\u0663", "9".repeat(19), "1..2")) {
            table.put("number:" + bad, "Column 8: " + number);
        }
        table.put("a\u0000b", "Column 2: there is a control character, or half a character.");
        table.put("a \n", "Column 3: there is a control character, or half a character.");
        table.put("a\tb", "Column 2: there is a control character, or half a character.");
        table.put("ab\ud800", "Column 3: there is a control character, or half a character.");
        table.forEach((query, message) -> {
            Refusal refusal = refusal(query);
            assertThat(refusal.getMessage()).as(query).isEqualTo(message);
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
            assertThat(refusal.pointer()).isEqualTo("/q");
        });
        assertThat(refusal("capability:FLY").getMessage())
                .startsWith("Column 12: expected one of change_entity_secret, ");
        assertThatThrownBy(() -> Parser.parse("locked:maybe", EntityFields.vocabulary()))
                .hasMessage("Column 8: expected one of false, true.");
    }

    @Test
    public void everyFieldThatAMessageNamesIsThere() {
        for (Vocabulary<?> vocabulary : List.of(EntityFields.vocabulary(), GROUPS)) {
            assertThat(vocabulary.names().split(", "))
                    .allSatisfy(
                            name -> assertThat(vocabulary.field(name)).as(name).isPresent());
        }
        for (String name :
                List.of("ID", "Number", "meta.GECOS", "meta.PrimaryGroup", "META.graphical_shell", "key.ssh")) {
            assertThat(EntityFields.vocabulary().field(name)).as(name).isPresent();
        }
        for (String name : List.of("secret", "meta.secret", "has_secret", "kv.", "key", "meta", "kv", "", ".", "m.*")) {
            assertThat(EntityFields.vocabulary().field(name)).as(name).isEmpty();
        }
    }

    @Test
    public void a05_queriesBeyondMeasureAreRefused() {
        assertThat(refusal("x".repeat(1025)).getMessage()).isEqualTo("A query is at most 1024 characters.");
        assertThat(refusal("x".repeat(10_000_000)).pointer()).isEqualTo("/q");
        assertThat(Parser.parse("x".repeat(1024), GROUPS)).isNotNull();
        String sixtyFour = "a ".repeat(64);
        assertThat(Parser.parse(sixtyFour, GROUPS)).isNotNull();
        assertThat(refusal(sixtyFour + "a").getMessage()).isEqualTo("Column 129: a query is at most 64 terms.");
        for (String deeper : List.of("(", "-", "+", "NOT ")) {
            assertThat(refusal(deeper.repeat(17) + "a").getMessage())
                    .isEqualTo("Column " + (16 * deeper.length() + 1) + ": a query is at most 16 deep.");
            assertThat(refusal(deeper.repeat(1020 / deeper.length()) + "a").getMessage())
                    .contains("deep");
        }
        assertThat(Parser.parse("(".repeat(16) + "a" + ")".repeat(16), GROUPS)).isNotNull();
        String flat = IntStream.range(0, 60).mapToObj(i -> "(a)").collect(Collectors.joining());
        assertThat(Parser.parse(flat, GROUPS)).isNotNull();
    }

    private static Refusal refusal(String query) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Parser.parse(query, GROUPS));
        assertThat(refusal).as(query.length() > 100 ? "long" : query).isNotNull();
        return refusal;
    }

    /** A query in a form without ambiguity. */
    private static String shown(Node<Group> node) {
        if (node instanceof Node.And<Group> and) {
            return shown(and.all(), " & ");
        }
        if (node instanceof Node.Or<Group> or) {
            return shown(or.some(), " | ");
        }
        if (node instanceof Node.Not<Group> not) {
            return "!" + shown(not.node());
        }
        if (node instanceof Node.Like<Group> like) {
            return like.field().name() + "=" + like.glob();
        }
        Node.Between<Group> between = (Node.Between<Group>) node;
        String last = between.last() == Long.MAX_VALUE ? "" : String.valueOf(between.last());
        return between.field().name() + " " + between.first() + ".." + last;
    }

    private static String shown(List<Node<Group>> nodes, String between) {
        return nodes.stream().map(ParserTest::shown).collect(Collectors.joining(between, "(", ")"));
    }
}
