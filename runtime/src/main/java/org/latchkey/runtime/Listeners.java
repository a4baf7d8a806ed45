package org.latchkey.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the server listens: plain HTTP, HTTPS, or both, and beside the latter once more for clients with certificates.
 *
 * @param http plain HTTP; beyond this machine only if the operator insists
 * @param https HTTPS, which may listen anywhere
 * @param mutual HTTPS that asks for certificates, on another port of the same host
 */
record Listeners(Optional<HttpAddress> http, Optional<HttpAddress> https, Optional<HttpAddress> mutual) {

    private static final String OFF = "off";

    /**
     * Takes {@code latchkey.http.*}, {@code latchkey.https.*}, {@code latchkey.mtls.port}, {@code latchkey.tls.*} and {@code
     * latchkey.insecure.http}.
     *
     * @throws StartRefused if nothing would listen, if plain HTTP would carry secrets over the network, or if HTTPS
     *     has no certificate or key to show
     */
    static Listeners of(Settings settings) {
        String host = settings.get("latchkey.http.host");
        if (!settings.get("latchkey.http.port").equals(OFF)) {
            refuseBeyondThisMachine(host, settings);
        }
        String secureHost = settings.has("latchkey.https.host") ? settings.get("latchkey.https.host") : host;
        Listeners listeners = new Listeners(
                address("http", host, settings.get("latchkey.http.port")),
                address("https", secureHost, settings.get("latchkey.https.port")),
                mutual(secureHost, settings));
        if (listeners.all().isEmpty()) {
            throw new StartRefused("LATCHKEY_HTTP_PORT is off and so is LATCHKEY_HTTPS_PORT: nobody could reach it");
        }
        listeners.https.ifPresent(secure -> refuseWithoutCertificate(settings));
        return listeners;
    }

    private static Optional<HttpAddress> address(String scheme, String host, String port) {
        return port.equals(OFF) ? Optional.empty() : Optional.of(HttpAddress.of(scheme, host, port));
    }

    private static Optional<HttpAddress> mutual(String host, Settings settings) {
        String port = settings.get("latchkey.mtls.port");
        if (port.equals(OFF)) {
            return Optional.empty();
        }
        if (settings.get("latchkey.https.port").equals(OFF)) {
            throw new StartRefused("LATCHKEY_MTLS_PORT stands beside HTTPS, but LATCHKEY_HTTPS_PORT is off");
        }
        return Optional.of(HttpAddress.of("https", "LATCHKEY_MTLS", host, port));
    }

    private static void refuseBeyondThisMachine(String host, Settings settings) {
        if (!isInsecureAllowed(settings) && !HttpAddress.isOfThisMachineAlone(host)) {
            throw new StartRefused("plain HTTP on " + host + " would carry secrets over the network in the clear."
                    + " Set LATCHKEY_HTTPS_PORT and a certificate, and LATCHKEY_HTTP_PORT=off; or listen on 127.0.0.1"
                    + " behind a TLS proxy; or set LATCHKEY_INSECURE_HTTP=true if you know why.");
        }
    }

    private static void refuseWithoutCertificate(Settings settings) {
        for (String setting : new String[] {"latchkey.tls.certificate", "latchkey.tls.key"}) {
            Path file = settings.path(setting);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new StartRefused("HTTPS needs a certificate and its key, but the file " + file + " of "
                        + Setting.ofProperty(setting).orElseThrow().variable()
                        + " cannot be read. bin/latchkey certgen makes a certificate for a try.");
            }
        }
    }

    private static boolean isInsecureAllowed(Settings settings) {
        return "true".equals(settings.get("latchkey.insecure.http"));
    }

    /** What the operator has to hear if secrets go over the network in the clear because they allowed it. */
    Optional<String> warning() {
        return http.filter(plain -> !plain.isOfThisMachineAlone())
                .map(plain -> "WARNING: LATCHKEY_INSECURE_HTTP=true: plain HTTP on " + plain.host() + ", port "
                        + plain.port() + ", carries secrets and tokens over the network in the clear.");
    }

    /** To be called before Jetty starts. */
    void refuseIfTaken() {
        all().forEach(HttpAddress::refuseIfTaken);
    }

    /** Where people are sent to: HTTPS if there is any. */
    HttpAddress main() {
        return https.or(this::http).orElseThrow();
    }

    String urls() {
        return all().stream().map(HttpAddress::url).collect(Collectors.joining(" and "));
    }

    private List<HttpAddress> all() {
        return Stream.of(https, http, mutual).flatMap(Optional::stream).toList();
    }
}
