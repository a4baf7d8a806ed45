package org.latchkey.hook.password.policy;

import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;

/** Refuses fewer characters than that. */
record TooShort(int min) implements Rule {

    @Override
    public void check(Candidate secret, Entity owner) {
        if (secret.length() < min) {
            throw new Refusal(
                    "secret-too-short",
                    "The secret needs at least " + min
                            + " characters. A few unrelated words in a row are easy to keep.");
        }
    }
}
