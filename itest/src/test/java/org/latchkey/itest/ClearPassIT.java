package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Row 86: an application that cannot do without gets the password of a sign-in, and nobody else can read it. */
public class ClearPassIT {

    private static final String PASSWORD = "hunter2 hunter2 hunter2";
    private static final String PORTAL = "https://portal.example.org/app";
    private static final String WIKI = "https://wiki.example.org/";
    private static final String PLUGIN = "org.latchkey.clearpass";
    private static final Pattern ATTRIBUTE =
            Pattern.compile("<cas:portal_credential>([A-Za-z0-9_.-]+)</cas:portal_credential>");

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas.service-portal", "url=\"" + PORTAL + "\"", "attributes=[\"portal_credential\"]")
            .withEtc("latchkey.cas.service-wiki", "url=\"" + WIKI + "\"", "attributes=[\"display_name\"]");

    private static KeyPair keys;

    private final Browser browser = new Browser("http://127.0.0.1:" + server.port());
    private final Http root = server.root();

    @BeforeClass
    public static void deploy() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        Files.writeString(
                server.etc().resolve("portal.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        configure("latchkey.grants=[\"secret:read\"]");
        server.deploy(Server.shipped("org.latchkey.cas"));
        server.deploy(Server.shipped(PLUGIN));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.cas") && root.serves(PLUGIN));
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    private static void configure(String grants) throws IOException {
        Files.writeString(
                server.etc().resolve("latchkey.clearpass.config"),
                "recipients=[\"portal_credential=portal.pem\"]\n" + grants + "\n");
    }

    private String validated(String service) {
        return browser.get("/cas/p3/serviceValidate?service=" + encoded(service) + "&ticket=" + browser.ticket(service))
                .html();
    }

    private void signInAnew() {
        browser.cookies().getCookieStore().removeAll();
        assertThat(browser.ticket(PORTAL, "ada", PASSWORD)).startsWith("ST-");
    }

    @Test
    public void row86_thePasswordReachesItsApplicationAndNobodyElse() throws Exception {
        await(30, () -> {
            signInAnew();
            return ATTRIBUTE.matcher(validated(PORTAL)).find();
        });
        String answer = validated(PORTAL);
        Matcher attribute = ATTRIBUTE.matcher(answer);
        assertThat(attribute.find()).isTrue();
        assertThat(opened(attribute.group(1))).isEqualTo(PASSWORD);
        assertThat(answer).doesNotContain("hunter2");
        assertThat(validated(WIKI)).contains("<cas:user>ada</cas:user>").doesNotContain("credential");
        assertThat(server.logs() + server.output()).doesNotContain("hunter2");
        assertThat(root.get("/api/v1/audit?limit=100").body()).doesNotContain("hunter2", attribute.group(1));
    }

    @Test
    public void row86_withoutTheGrantOfTheOperatorItGetsNone() throws IOException {
        configure("");
        try {
            await(30, () -> {
                signInAnew();
                return !validated(PORTAL).contains("credential");
            });
            assertThat(validated(PORTAL)).contains("<cas:user>ada</cas:user>");
        } finally {
            configure("latchkey.grants=[\"secret:read\"]");
        }
    }

    @Test
    public void row86_whatIsStoredHoldsNoPassword() throws IOException {
        signInAnew();
        try (var files = Files.walk(server.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("hunter2");
            }
        }
    }

    /** Opens a JWE (RFC 7516) of RSA-OAEP-256 and A256GCM with nothing but what Java has. */
    private static String opened(String jwe) throws GeneralSecurityException {
        String[] parts = jwe.split("\\.");
        Base64.Decoder base64 = Base64.getUrlDecoder();
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.DECRYPT_MODE,
                keys.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        aes.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(rsa.doFinal(base64.decode(parts[1])), "AES"),
                new GCMParameterSpec(128, base64.decode(parts[2])));
        aes.updateAAD(parts[0].getBytes(StandardCharsets.US_ASCII));
        aes.update(base64.decode(parts[3]));
        return new String(aes.doFinal(base64.decode(parts[4])), StandardCharsets.UTF_8);
    }
}
