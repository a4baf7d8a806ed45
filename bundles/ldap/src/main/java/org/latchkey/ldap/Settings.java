package org.latchkey.ldap;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator wants, checked.
 *
 * @param baseDn such as {@code dc=example,dc=org}
 * @param address where to listen
 * @param port for LDAP and StartTLS, 0 for none
 * @param tlsPort for LDAPS, 0 for none
 * @param files the certificate to encrypt with, if any
 * @param insecure whether secrets may cross the network in the clear
 * @param allowAnonymous whether everybody may read everything
 * @param attributes which attribute of an entity shows the values of which key of its KV
 * @param maxConnections how many clients at once
 * @param maxMessageBytes how long a request may be
 * @param idle how long a client may be silent
 * @param sizeLimit how many entries one search may give
 * @param timeLimit how long one search may take
 */
record Settings(
        String baseDn,
        InetAddress address,
        int port,
        int tlsPort,
        Optional<Files> files,
        boolean insecure,
        boolean allowAnonymous,
        Map<String, String> attributes,
        int maxConnections,
        int maxMessageBytes,
        Duration idle,
        int sizeLimit,
        Duration timeLimit) {

    /** Attributes that only a key of the KV can give. */
    static final Set<String> FROM_KV = Set.of(
            "mail",
            "givenName",
            "telephoneNumber",
            "mobile",
            "title",
            "departmentNumber",
            "preferredLanguage",
            "description");

    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    /**
     * PEM files (RFC 7468).
     *
     * @param certificate the server's certificate and those that lead to its root
     * @param key its private key
     */
    record Files(Path certificate, Path key) {}

    /**
     * Checks the configuration.
     *
     * @param folder that relative names of files begin in
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Settings of(LdapServer.Config config, Path folder) {
        require(DOMAIN.matcher(config.domain()).matches(), "domain must be a domain, such as example.org");
        require(
                config.certificate().isEmpty() == config.key().isEmpty(),
                "certificate and key must both be set, or neither");
        Optional<Files> files = config.certificate().isEmpty()
                ? Optional.empty()
                : Optional.of(new Files(folder.resolve(config.certificate()), folder.resolve(config.key())));
        InetAddress address = address(config.host());
        require(
                files.isPresent() || config.insecure() || address.isLoopbackAddress(),
                "plain LDAP on " + config.host() + " would carry secrets over the network in the clear: set"
                        + " certificate and key, or insecure if you know why");
        int tlsPort = files.isPresent() ? port("tlsPort", config.tlsPort()) : 0;
        require(port("port", config.port()) + tlsPort > 0, "port and tlsPort are both 0: there is nothing to do");
        return new Settings(
                Stream.of(config.domain().split("\\."))
                        .map(part -> "dc=" + part)
                        .collect(Collectors.joining(",")),
                address,
                config.port(),
                tlsPort,
                files,
                config.insecure(),
                config.allowAnonymous(),
                attributes(config.attributes()),
                within("maxConnections", config.maxConnections(), 1, 10_000),
                within("maxMessageBytes", config.maxMessageBytes(), 1024, 1 << 20),
                Duration.ofSeconds(within("idleSeconds", config.idleSeconds(), 1, 86_400)),
                within("sizeLimit", config.sizeLimit(), 1, 1_000_000),
                Duration.ofSeconds(within("timeLimitSeconds", config.timeLimitSeconds(), 1, 3600)));
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("host is not known: " + host, unknown);
        }
    }

    private static int port(String name, int port) {
        return within(name, port, 0, 65_535);
    }

    private static Map<String, String> attributes(String[] pairs) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            require(
                    parts.length == 2 && !parts[1].isBlank() && FROM_KV.contains(parts[0].strip()),
                    "attributes are written attribute=key, with one of "
                            + FROM_KV.stream().sorted().toList() + ", not " + pair);
            attributes.put(parts[0].strip(), parts[1].strip());
        }
        return attributes;
    }

    private static int within(String name, int value, int least, int most) {
        require(value >= least && value <= most, name + " must be " + least + " to " + most + ", not " + value);
        return value;
    }

    private static void require(boolean fulfilled, String sentence) {
        if (!fulfilled) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
