package org.latchkey.api.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one way in which the server calls others over HTTP, so that nobody makes it call into the network it stands in.
 * Every address of a host is looked at, and one of those is called, whatever the name says a moment later. Certificates are
 * validated after PKIX and must be for the host. No redirect is followed: it is an answer like others. Time, size, and how
 * much is done at once, for one destination too, are bounded. A proxy for the web is not used.
 */
@ProviderType
public interface Outbound {

    /**
     * A lane of one's own, with its own workers: what one caller does holds up no other. Close it when you end.
     *
     * @throws IllegalArgumentException if the file of authorities cannot be read or has none
     */
    Lane open(Rules rules);

    /** Where calls are made. */
    @ProviderType
    interface Lane extends AutoCloseable {

        /** Makes the call and gives what came of it, within its limit, which waiting for a worker counts to. */
        Result call(Call call);

        /**
         * Has the call made in the background; its limit counts from when it is begun.
         *
         * @param then is told what came of it, on a worker; not if this is closed before the call is begun
         * @return false if too much waits already, or this is closed: then nothing is done
         */
        boolean tell(Call call, Consumer<Result> then);

        /** Gives what is under way a moment, and drops the rest. No thread is left. */
        @Override
        void close();
    }

    /**
     * What holds for a lane.
     *
     * @param name what its threads are called
     * @param atOnce how many calls are made at the same time
     * @param perDestination how many of those to one host and port
     * @param waiting how many may wait for that
     * @param privateHosts hosts that may have private addresses although requests name them, besides those of the
     *     service's own setting: as they stand in URLs, names or addresses
     * @param authorities PEM file of the only authorities to trust; without it those of the service's own setting
     */
    record Rules(
            String name,
            int atOnce,
            int perDestination,
            int waiting,
            Set<String> privateHosts,
            Optional<Path> authorities) {

        public Rules {
            privateHosts = Set.copyOf(privateHosts);
            if (atOnce < 1 || perDestination < 1 || waiting < 0) {
                throw new IllegalArgumentException("A lane needs a worker");
            }
        }

        /** 16 at once, 4 of them to one destination, 64 waiting. */
        public static Rules named(String name) {
            return new Rules(name, 16, 4, 64, Set.of(), Optional.empty());
        }
    }

    /** Who said that this URL is to be called. */
    enum NamedBy {
        /**
         * Somebody outside, by a request or by what he registered himself. Called is https, and only public addresses, and
         * never this server; hosts that are set as private are called where they are.
         */
        REQUEST,
        /**
         * Whoever operates the server. Called are http and private addresses too, but never those that are nobody's
         * application: link-local ones, where clouds keep their secrets, multicast and the unspecified one.
         */
        OPERATOR
    }

    /**
     * One request. Without content it is a GET, else a POST.
     *
     * @param url as it was given: whether it is one, and may be called, is seen when it is called
     * @param headers more of them, such as {@code Accept}; those of the connection and the content are not for the caller
     * @param mostBytes of the answer's body; 0: only the status counts, and the body is not read
     * @param limit for all of it, the search for the host too
     */
    record Call(
            String url,
            NamedBy namedBy,
            Map<String, String> headers,
            Optional<Content> content,
            int mostBytes,
            Duration limit) {

        /** @throws IllegalArgumentException if a header has more than one line, or no name */
        public Call {
            headers = Map.copyOf(headers);
            headers.forEach(Call::requireHeader);
            if (mostBytes < 0 || limit.isNegative()) {
                throw new IllegalArgumentException("No limit may be less than nothing");
            }
        }

        private static void requireHeader(String name, String value) {
            boolean isToken = name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            if (!isToken || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c >= 0x7f)) {
                throw new IllegalArgumentException("Not a header: " + name);
            }
        }

        /** Reads 64 KiB in 5 seconds at most. */
        public static Call get(String url, NamedBy namedBy) {
            return new Call(url, namedBy, Map.of(), Optional.empty(), 65_536, Duration.ofSeconds(5));
        }

        /** Reads no body, and takes 5 seconds at most. */
        public static Call post(String url, NamedBy namedBy, Content content) {
            return new Call(url, namedBy, Map.of(), Optional.of(content), 0, Duration.ofSeconds(5));
        }

        public Call withHeader(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Call(url, namedBy, more, content, mostBytes, limit);
        }

        public Call reading(int most) {
            return new Call(url, namedBy, headers, content, most, limit);
        }

        public Call within(Duration time) {
            return new Call(url, namedBy, headers, content, mostBytes, time);
        }
    }

    /**
     * The body of a POST.
     *
     * @param type its media type
     */
    record Content(String type, String text) {

        /** @throws IllegalArgumentException if the type is no header's value */
        public Content {
            Call.requireHeader("Content-Type", type);
        }

        /** @param encoded names and values, encoded as {@code application/x-www-form-urlencoded} */
        public static Content form(String encoded) {
            return new Content("application/x-www-form-urlencoded", encoded);
        }

        public static Content json(String json) {
            return new Content("application/json", json);
        }
    }

    /** What came of a call. */
    sealed interface Result permits Answer, Failure {}

    /**
     * Whatever status it has.
     *
     * @param contentType as the other side says, empty if it does not
     * @param body empty if it was not to be read
     * @param retryAfter how long it wants to be left alone (RFC 9110, 10.2.3), a day at most; of 429 and 503 alone
     */
    record Answer(int status, String contentType, byte[] body, Optional<Duration> retryAfter) implements Result {

        /** Says nothing of when to come again. */
        public Answer(int status, String contentType, byte[] body) {
            this(status, contentType, body, Optional.empty());
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * There is no answer.
     *
     * @param reason for the log, never for whoever asked: it tells of the network
     */
    record Failure(Why why, String reason) implements Result {

        /** What kind of failure it is. */
        public enum Why {
            /** It is not called at all. */
            REFUSED,
            /** Too much is being called already, or the lane is closed. */
            BUSY,
            /** The time was over. */
            LATE,
            /** No connection, no trust, or no HTTP. */
            FAILED,
            /** The answer has more bytes than were to be read. */
            TOO_LARGE
        }
    }
}
