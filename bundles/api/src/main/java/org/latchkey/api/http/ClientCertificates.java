package org.latchkey.api.http;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What clients can prove by certificates at this moment (TLS client authentication; RFC 8705). */
@ProviderType
public interface ClientCertificates {

    /**
     * The URL, without a slash at the end, by which this server is reached where it asks for certificates: the public URL if it
     * asks there. Nothing if it asks nowhere, so that {@link Request#presentedCertificates} is always empty.
     */
    Optional<String> url();

    /** Whether there is an authority to trust; without, {@link Request#trustedCertificates} is always empty. */
    boolean hasAuthorities();
}
