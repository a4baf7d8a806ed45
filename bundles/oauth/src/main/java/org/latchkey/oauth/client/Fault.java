package org.latchkey.oauth.client;

/**
 * Something that is wrong with the metadata of a client.
 *
 * @param pointer to the place (RFC 6901), such as {@code /redirect_uris/0}
 * @param message one sentence that says what it must be
 */
public record Fault(String pointer, String message) {

    static Fault of(String member, String message) {
        return new Fault("/" + member.replace("~", "~0").replace("/", "~1"), message);
    }

    static Fault of(String member, int index, String message) {
        return new Fault("/" + member + "/" + index, message);
    }

    /** The member that it is in. */
    public String member() {
        int end = pointer.indexOf('/', 1);
        return end < 0 ? pointer.substring(1) : pointer.substring(1, end);
    }

    @Override
    public String toString() {
        return pointer + ": " + message;
    }
}
