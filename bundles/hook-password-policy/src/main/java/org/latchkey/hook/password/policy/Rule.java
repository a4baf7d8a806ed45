package org.latchkey.hook.password.policy;

import org.latchkey.api.Entity;

/** One reason to refuse a secret. */
@FunctionalInterface
interface Rule {

    /**
     * @param secret what is to be set
     * @param owner whose secret it will be
     * @throws org.latchkey.api.Refusal with what is wrong and what to do, and without any part of the secret
     */
    void check(Candidate secret, Entity owner);
}
