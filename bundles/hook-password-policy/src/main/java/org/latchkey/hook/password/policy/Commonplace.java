package org.latchkey.hook.password.policy;

import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;

/** Refuses what many people choose: as it is, repeated, or with little around it that is worth guessing. */
record Commonplace(Blocklist blocklist) implements Rule {

    @Override
    public void check(Candidate secret, Entity owner) {
        if (isListed(secret.whole()) || isListedWithTrimmings(secret.whole())) {
            throw new Refusal(
                    "secret-commonplace",
                    "The secret is among those that are tried first. Take several words that have nothing in common.");
        }
    }

    private boolean isListed(Span words) {
        return blocklist.contains(words) || blocklist.contains(words.unit());
    }

    private boolean isListedWithTrimmings(Span whole) {
        Span word = whole.trimmed();
        int trimmings = Pieces.of(whole.until(word.from())) + Pieces.of(whole.after(word.to()));
        return trimmings < Pieces.ENOUGH && isListed(word);
    }
}
