package org.latchkey.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an answer tells bit by bit, for hours if need be, and that holds no thread while there is nothing to tell: the body
 * of {@link Response#fed}, such as server-sent events, or the messages of {@link Response#webSocket}. It is asked by one reader at
 * a time, and only as fast as the other side takes it in, so it needs no queue: it remembers how far it has been read.
 */
@ConsumerType
public interface Feed extends AutoCloseable {

    /** What there is now. */
    sealed interface Next {}

    /** A piece of the body, or one message; text is sent as UTF-8. At most 64 KiB. */
    record Piece(String text) implements Next {}

    /** Nothing at the moment; the waker is run when there may be something. */
    record Pause() implements Next {}

    /** Nothing any more. */
    record End(String reason) implements Next {}

    /** Told once, before the first {@link #next}: what to run, on any thread, when there may be more. It returns at once. */
    void wakeBy(Runnable waker);

    /** The next bit. Must not wait. */
    Next next();

    /** The reader has all, or is gone; told once. */
    @Override
    void close();
}
