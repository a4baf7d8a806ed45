package org.latchkey.api.extension;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A channel to the world outside: mail, chat, webhook. Gets every notice after its change is stored, apart
 * from the request that caused it, at least once; what it throws is tried again.
 */
@ConsumerType
@FunctionalInterface
public interface Notifier {

    /**
     * Service property: the types of notices that it wants, such as {@code entity.*}, as a text or several; {@code *}
     * stands for any characters. Without it, all. Others are not kept for it.
     */
    String TOPICS = "latchkey.topics";

    /**
     * Passes the notice on. The same {@link Notice#id()} may come again after a failure.
     *
     * @throws IOException if that cannot be done now
     * @throws org.latchkey.api.Refusal (INVALID) if this notice will never be taken: after a few attempts it is given up
     */
    void notify(Notice notice) throws IOException;
}
