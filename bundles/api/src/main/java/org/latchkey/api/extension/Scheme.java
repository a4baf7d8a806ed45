package org.latchkey.api.extension;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One more way to prove who one is, for somebody who is signed in already: a code of a device, of a mail, of a list. Who has
 * to is said by rules, such as those of scopes at the OAuth server; they name a scheme by {@link #NAME}. Of several with one
 * name the first in order is the one. One that throws or is late is not there for that call: nothing is proved by it.
 *
 * <p>The server bounds wrong answers in memory, for each person and scheme. A scheme whose answers are short has to bound them
 * itself too, where it survives (see {@link org.latchkey.api.service.PluginState}), and to see that an answer is good once.
 */
@ConsumerType
public interface Scheme {

    /** Service property: what rules call it, of small letters, digits and hyphens. Without it nobody uses the scheme. */
    String NAME = "latchkey.scheme";

    /** Service property: what people call it, a text or the key of one; without it its name. */
    String TITLE = "latchkey.title";

    /** Service property: the path of this server at which people set it up; without it they cannot. */
    String SETUP = "latchkey.setup";

    /** How far somebody has got with a scheme. */
    enum State {
        /** It is nothing for them. */
        NOT_AVAILABLE,
        /** They could set it up, and have not. */
        AVAILABLE,
        /** They can prove themselves by it. */
        REGISTERED
    }

    /**
     * Whoever claims to be somebody (NIST SP 800-63), and is signed in as that.
     *
     * @param id the name
     * @param session the id of the session, by which a scheme can tie an answer to what it asked
     * @param caller where they come from
     */
    record Claimant(String id, String session, Caller caller) {}

    /** What they are to type. */
    enum Input {
        /** Digits, by a device that may fill them in itself. */
        CODE,
        /** Any short text. */
        TEXT,
        /** Nothing; they only say that they are done. */
        NOTHING
    }

    /**
     * What the page shows.
     *
     * @param prompt what they are asked for, a text or the key of one
     */
    record Challenge(String prompt, Input input) {}

    /**
     * What was proved.
     *
     * @param amr how, in the words of RFC 8176, such as {@code otp}
     */
    record Proof(Set<String> amr) {
        public Proof {
            amr = Set.copyOf(amr);
        }
    }

    /** What somebody has of it. Must not tell the world: it is asked about those alone who are signed in. */
    default State state(Claimant claimant) {
        return State.NOT_AVAILABLE;
    }

    /**
     * Begins: what to ask them, after sending it to them if that is how it works. Asked for each page that is shown, so what is
     * sent has to be bounded.
     *
     * @throws org.latchkey.api.Refusal if they cannot be asked now; its message is shown
     */
    default Challenge challenge(Claimant claimant) {
        return new Challenge("scheme.answer", Input.TEXT);
    }

    /**
     * Judges an answer.
     *
     * @param answer what they typed, empty for {@link Input#NOTHING}; wiped when the call returns
     * @return nothing if it is wrong
     * @throws org.latchkey.api.Refusal if it cannot be judged, such as TOO_MANY; its message is shown
     */
    default Optional<Proof> verify(Claimant claimant, Secret answer) {
        return Optional.empty();
    }
}
