package org.latchkey.itest.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.latchkey.itest.oauth.ClientAuthority.Identity;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;

/** A client of HTTPS that shows a certificate, or none. */
public final class MtlsClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final SSLContext context;
    private final HttpClient client;
    private final String base;

    /** @param trusted whom it believes to be the server */
    public MtlsClient(String base, Identity trusted, Optional<Identity> shown) {
        this.base = base;
        this.context = context(trusted, shown);
        this.client = HttpClient.newBuilder().sslContext(context).build();
    }

    private static SSLContext context(Identity trusted, Optional<Identity> shown) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("server", trusted.certificate());
            TrustManagerFactory believed = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            believed.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown.isPresent() ? keys(shown.get()) : new KeyManager[0], believed.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static KeyManager[] keys(Identity shown) throws GeneralSecurityException, IOException {
        char[] password = "password".toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", shown.key(), password, shown.chain().toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        return keys.getKeyManagers();
    }

    public SSLContext context() {
        return context;
    }

    /** What a token that is bound to it says ({@code x5t#S256}). */
    public static String thumbprint(Identity identity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(identity.certificate().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A form to an endpoint. */
    public Answer post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(each -> Browser.encoded(each.getKey()) + "=" + Browser.encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            boolean isJson = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.contains("json"))
                    .isPresent();
            JsonNode json = isJson ? JSON.readTree(response.body()) : JSON.createObjectNode();
            return new Answer(response.statusCode(), json, response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
