package org.latchkey.api.service;

import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Verdict;
import org.osgi.annotation.versioning.ProviderType;

/** The directory's part in a sign-in without a secret, of somebody for whom another part of the server vouches. */
@ProviderType
public interface Admission {

    /** The name of this operation, for receipts. */
    String OPERATION = "admission";

    /**
     * Leads them through all that a sign-in does but for the secret: hooks before, lock, hooks after. Root is rejected.
     *
     * @param attempt by the name of the entity; a secret in it is not looked at
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if it cannot be judged
     */
    Verdict admit(Attempt attempt);
}
