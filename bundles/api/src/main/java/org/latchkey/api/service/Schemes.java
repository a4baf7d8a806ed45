package org.latchkey.api.service;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Scheme;
import org.latchkey.api.extension.Scheme.Challenge;
import org.latchkey.api.extension.Scheme.Claimant;
import org.latchkey.api.extension.Scheme.Proof;
import org.osgi.annotation.versioning.ProviderType;

/** The schemes in service, by their names. Keeps nothing: what is proved belongs into the session, see {@link Sessions}. */
@ProviderType
public interface Schemes {

    /** The name of the operation, for receipts. */
    String OPERATION = "further-proof";

    /**
     * A scheme, as it is for somebody.
     *
     * @param title what people call it, a text or the key of one
     * @param setup the path at which they set it up, empty if there is none
     */
    record Offer(Scheme.State state, String title, String setup) {}

    /**
     * Those of these names that are in service and something for this person, by name. One that fails is left out.
     *
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if one that the operator requires is missing
     */
    Map<String, Offer> offers(Claimant claimant, Set<String> names);

    /**
     * What to ask somebody.
     *
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if the scheme is not in service or fails, else as the scheme threw it
     */
    Challenge challenge(Claimant claimant, String name);

    /**
     * Judges an answer. A wrong one counts as a wrong secret of that name and address does, and besides for that person and
     * scheme, from wherever it comes.
     *
     * @return nothing if it is wrong
     * @throws org.latchkey.api.Refusal (TOO_MANY) if too many were wrong, (UNAVAILABLE) as {@link #challenge}, else as the
     *     scheme threw it
     */
    Optional<Proof> verify(Claimant claimant, String name, Secret answer);
}
