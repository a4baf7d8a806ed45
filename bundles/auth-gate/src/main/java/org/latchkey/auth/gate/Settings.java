package org.latchkey.auth.gate;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration that makes sense.
 *
 * @param profile where Gate tells who somebody is
 * @param mode how many of the required groups somebody must be in
 * @param strict whether the token must be that of the one who claims to have it
 * @param token how it travels
 * @param limit for all that one attempt asks of Gate
 * @param kept how long a good answer may be used again; zero for not at all
 * @param authorities whose certificates are believed, else those of every call
 */
record Settings(
        URI profile,
        Mode mode,
        boolean strict,
        TokenIn token,
        Duration limit,
        Duration kept,
        Optional<Path> authorities) {

    /** The deadline of the chain is 10 s, and whoever takes 8 s again and again is put in quarantine. */
    private static final int LONGEST = 8000;

    private static final int LEAST = 100;
    private static final int LONGEST_KEPT = 300;

    /** How many of the required groups somebody must be in. */
    enum Mode {
        ANY,
        ALL
    }

    /** How the token travels. */
    enum TokenIn {
        /** As a parameter of the URL, which logs on the way may show. */
        QUERY,
        HEADER
    }

    /**
     * Checks the configuration.
     *
     * @param folder that the name of a file may begin in
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Settings of(GateSignIn.Config config, Path folder) {
        return new Settings(
                url(config),
                oneOf("mode", config.mode(), Mode.class),
                config.strict(),
                oneOf("tokenIn", config.tokenIn(), TokenIn.class),
                Duration.ofMillis(within("timeoutMillis", config.timeoutMillis(), LEAST, LONGEST)),
                Duration.ofSeconds(within("cacheSeconds", config.cacheSeconds(), 0, LONGEST_KEPT)),
                Optional.of(config.caFile()).filter(file -> !file.isBlank()).map(folder::resolve));
    }

    boolean isPlain() {
        return profile.getScheme().equals("http");
    }

    /** Without a host nothing is asked: a token is not sent to whoever has the default name. */
    private static URI url(GateSignIn.Config config) {
        require(Set.of("https", "http").contains(config.protocol()), "protocol must be https or http");
        require(!config.host().isBlank(), "host must name Gate's host, such as gate.example.org");
        String path = config.profilePath().replaceFirst("^/+", "");
        require(!path.isEmpty(), "profilePath must be a path, such as api/v1/users/profile");
        try {
            URI url = new URI(config.protocol() + "://" + config.host() + "/" + path);
            require(
                    url.getHost() != null
                            && url.getRawUserInfo() == null
                            && url.getRawAuthority().equals(config.host()),
                    "host must be a host, or host:port, and nothing more");
            require(
                    url.getRawQuery() == null && url.getRawFragment() == null,
                    "profilePath must be a path without ? and #");
            return url;
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "protocol, host and profilePath make no URL: " + malformed.getReason(), malformed);
        }
    }

    private static <E extends Enum<E>> E oneOf(String name, String word, Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " must be one of "
                        + Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    private static int within(String name, int value, int least, int most) {
        require(value >= least && value <= most, name + " must be " + least + " to " + most);
        return value;
    }

    private static void require(boolean fulfilled, String sentence) {
        if (!fulfilled) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
