package org.latchkey.hook.password.policy;

import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;

/** Refuses more characters than that; none are ever cut off. */
record TooLong(int max) implements Rule {

    @Override
    public void check(Candidate secret, Entity owner) {
        if (secret.length() > max) {
            throw new Refusal(
                    "secret-too-long", "The secret may have at most " + max + " characters. Take a shorter one.");
        }
    }
}
