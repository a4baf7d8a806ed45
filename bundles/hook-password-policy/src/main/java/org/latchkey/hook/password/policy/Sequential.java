package org.latchkey.hook.password.policy;

import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;

/** Refuses counting, the alphabet and rows of the keyboard, also strung together. */
record Sequential() implements Rule {

    @Override
    public void check(Candidate secret, Entity owner) {
        int pieces = Pieces.of(secret.whole());
        if (pieces < Pieces.ENOUGH && 2 * pieces <= secret.length()) {
            throw new Refusal(
                    "secret-sequential",
                    "The secret is made of sequences like 1234 or qwerty. Take several words that have nothing in common.");
        }
    }
}
