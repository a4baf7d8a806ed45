package org.latchkey.hook.password.policy;

import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;

/** Refuses a few characters over and over, such as fifteen times the same. */
record Repetitive() implements Rule {

    @Override
    public void check(Candidate secret, Entity owner) {
        int unit = secret.whole().unit().length();
        if (unit < Pieces.ENOUGH && 2 * unit <= secret.length()) {
            throw new Refusal(
                    "secret-repetitive",
                    "The secret only repeats a few characters. Take several words that have nothing in common.");
        }
    }
}
