package org.latchkey.api.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps secrets unreadable where they are stored (AES-GCM, 256 bits, a key of the server that is not in its database). For what has to be
 * known again; what only has to be compared is hashed.
 */
@ProviderType
public interface Sealing {

    /**
     * @param place where it will be stored, such as a kind and a key: it can be opened for there only
     * @return text of {@code A-Za-z0-9+/=.:}
     */
    String seal(String place, byte[] secret);

    /** @throws org.latchkey.api.Refusal (UNAVAILABLE, {@code sealed}) if it was not sealed for this place with the key of this server */
    byte[] open(String place, String sealed);
}
