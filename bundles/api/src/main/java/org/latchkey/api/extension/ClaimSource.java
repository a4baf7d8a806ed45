package org.latchkey.api.extension;

import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows something about people that relying parties may be told (jscas: {@code userAttributes}). When somebody signs
 * in, all sources are asked in order, whatever becomes of the others; the result is kept with the session.
 */
@ConsumerType
@FunctionalInterface
public interface ClaimSource {

    /** What it knows of somebody who has just proved who they are; {@link Claims#NONE} if it knows nothing. */
    Claims claims(Principal principal);
}
