package org.latchkey.hook.password.policy;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;

/** Refuses the owner's names and the context words with little else; a name among other words may stand. */
record MadeOfNames(List<String> contextWords) implements Rule {

    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int SHORTEST_NAME = 3;

    MadeOfNames(String... contextWords) {
        this(List.of(contextWords));
    }

    @Override
    public void check(Candidate secret, Entity owner) {
        Span whole = secret.whole();
        BitSet covered = new BitSet(whole.length());
        names(owner).forEach(name -> cover(covered, whole, name));
        if (!covered.isEmpty() && besides(covered, whole) < Pieces.ENOUGH) {
            throw new Refusal(
                    "secret-made-of-names",
                    "The secret is made of your name or the service's. Take words that have nothing to do with either.");
        }
    }

    private Stream<Span> names(Entity owner) {
        Stream<String> owners =
                Stream.of(owner.id(), owner.meta(MetaField.DISPLAY_NAME), owner.meta(MetaField.LEGAL_NAME));
        return Stream.concat(owners, contextWords.stream())
                .flatMap(NOT_A_WORD::splitAsStream)
                .map(word -> Candidate.of(word).whole())
                .filter(word -> word.length() >= SHORTEST_NAME);
    }

    private static void cover(BitSet covered, Span whole, Span name) {
        for (int place = 0; place < whole.length(); place++) {
            if (whole.startsAt(place, name)) {
                covered.set(place, place + name.length());
            }
        }
    }

    /** What there is to guess between the names. */
    private static int besides(BitSet covered, Span whole) {
        int pieces = 0;
        int start = covered.nextClearBit(0);
        while (start < whole.length()) {
            int next = covered.nextSetBit(start);
            int end = next < 0 ? whole.length() : next;
            pieces += Pieces.of(new Span(whole.points(), start, end));
            start = covered.nextClearBit(end);
        }
        return pieces;
    }
}
