package org.latchkey.api.extension;

import java.util.Optional;
import org.latchkey.api.Principal;
import org.latchkey.api.http.Request;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Recognizes people by a request alone, before the sign-in page is shown: by a client certificate, a Kerberos ticket, what
 * a proxy in front says (CAS 3.0.3, 2.1.4: trust authentication). All are asked in order; the first that recognizes
 * somebody decides. One that throws counts as "not mine". Whoever is recognized signs in as with a secret: past the lock,
 * the hooks and the throttle. Root is never recognized.
 *
 * <p>What a client may write into a request by itself proves nothing. A header of a proxy counts only if
 * {@link Request#address()} is that proxy's, and if the proxy takes it off what clients send.
 */
@ConsumerType
@FunctionalInterface
public interface Recognizer {

    /**
     * Service property: what the sign-in page asks browsers for, such as {@code Negotiate} (RFC 9110, 11.6.1). The page
     * then comes with the status 401; browsers that have an answer give it by themselves, the others show the page.
     */
    String CHALLENGE = "latchkey.challenge";

    /**
     * Who sent the request. Of the answer the name counts; for names that the directory does not have, the groups do too.
     * Must not read the body, and may be asked more than once about one request.
     *
     * @return nothing if the request has nothing that this recognizer knows how to judge
     * @throws org.latchkey.api.Refusal if it has, and that is not good; the message is shown above the form, by which they
     *     may sign in instead. It is final, so that nobody else is asked, with {@link Authenticator#CONTROL} {@code requisite}
     */
    Optional<Principal> recognize(Request request);
}
