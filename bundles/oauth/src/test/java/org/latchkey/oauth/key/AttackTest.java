package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;

/** Attack case O-14: forged tokens, of which each says that somebody is root. */
public class AttackTest {

    private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
    private static final String ROOT = "{\"sub\":\"root\"}";

    private final MemoryStore store = new MemoryStore();
    private final SigningKeys keys = new SigningKeys(
            store, "oidc", List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), Optional.empty(), Clock.systemUTC());
    private JWK rsa;
    private JWK ec;
    /** Signs whatever it is told to, by our own keys: what it signs is refused for what it is. */
    private SigningKey ourEc;

    @Before
    public void makeKeys() throws Exception {
        keys.tidy();
        KeySet set = new KeyStorage(store, "oidc", Clock.systemUTC()).read();
        JWKSet published = JWKSet.parse(keys.publicSet());
        StoredKey current = set.in(KeyState.CURRENT, JWSAlgorithm.ES256).orElseThrow();
        ec = published.getKeyByKeyId(current.kid());
        ourEc = new SigningKey(current, new KeyPairs(Optional.empty()));
        rsa = published.getKeyByKeyId(
                set.in(KeyState.CURRENT, JWSAlgorithm.RS256).orElseThrow().kid());
        assertThat(keys.verify(ourEc.sign(ACCESS, bytes(ROOT)), ACCESS))
                .as("the forge works")
                .isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String part(String text) {
        return Base64URL.encode(text).toString();
    }

    private String ecHeader(String more) {
        return "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + ec.getKeyID() + "\"" + more + "}";
    }

    /** A header of the attacker's choice, signed by our own key: the worst case, as nothing else is wrong with it. */
    private String signedUnder(String header, String claims) throws Exception {
        StoredKey current = new KeyStorage(store, "oidc", Clock.systemUTC())
                .read()
                .in(KeyState.CURRENT, JWSAlgorithm.ES256)
                .orElseThrow();
        byte[] input = bytes(part(header) + "." + part(claims));
        return new String(input, StandardCharsets.US_ASCII) + "."
                + new ECDSASigner(current.jwk().toECKey()).sign(new JWSHeader(JWSAlgorithm.ES256), input);
    }

    private void assertRefused(String token) {
        assertThat(keys.verify(token, ACCESS)).isEmpty();
        assertThat(keys.verify(token, ACCESS)).as("the second time").isEmpty();
    }

    @Test
    public void theForgeMakesGoodTokensWhenTheHeaderIsGood() throws Exception {
        assertThat(keys.verify(signedUnder(ecHeader(""), ROOT), ACCESS)).isPresent();
    }

    @Test
    public void O14_algNone() {
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = "{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\",\"kid\":\"" + ec.getKeyID() + "\"}";
            assertRefused(part(header) + "." + part(ROOT) + ".");
            assertRefused(part(header) + "." + part(ROOT) + ".AA");
            assertRefused(part(header) + "." + part(ROOT));
        }
    }

    @Test
    public void O14_hmacWithThePublicKey() throws Exception {
        List<byte[]> secrets = List.of(
                rsa.toRSAKey().toPublicKey().getEncoded(),
                bytes(rsa.toPublicJWK().toJSONString()),
                bytes("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(rsa.toRSAKey().toPublicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n"));
        for (byte[] secret : secrets) {
            JWSObject forged = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(ACCESS)
                            .keyID(rsa.getKeyID())
                            .build(),
                    new Payload(ROOT));
            forged.sign(new MACSigner(secret));
            assertRefused(forged.serialize());
        }
    }

    @Test
    public void O14_algorithmOfAnotherKey() {
        String good = ourEc.sign(ACCESS, bytes(ROOT));
        String signature = good.substring(good.lastIndexOf('.'));
        for (String alg : List.of("RS256", "ES384", "ES512", "EdDSA", "PS256", "es256")) {
            String header = "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + ec.getKeyID() + "\"}";
            assertRefused(part(header) + "." + part(ROOT) + signature);
        }
    }

    @Test
    public void O14_kidIsAPathASqlOrAnUrl() throws Exception {
        for (String kid : List.of(
                "../../../../dev/null",
                "/etc/passwd",
                "' OR '1'='1",
                "x' UNION SELECT 'k' --",
                "http://127.0.0.1:1/jwks",
                "oidc/" + ec.getKeyID(),
                "seal",
                "",
                "\u0000" + ec.getKeyID(),
                "\ud800")) {
            String written = kid.replace("\u0000", "\\u0000").replace("\ud800", "\\ud800");
            assertRefused(signedUnder("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + written + "\"}", ROOT));
        }
        assertRefused(signedUnder("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", ROOT));
        assertRefused(signedUnder("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":[\"" + ec.getKeyID() + "\"]}", ROOT));
        assertRefused(signedUnder("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":null}", ROOT));
    }

    @Test
    public void O14_headersThatBringAKeyAreRefusedAndNothingIsFetched() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        HttpServer trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trap.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        trap.start();
        try {
            String url = "\"http://127.0.0.1:" + trap.getAddress().getPort() + "/keys\"";
            assertRefused(signedUnder(ecHeader(",\"jku\":" + url), ROOT));
            assertRefused(signedUnder(ecHeader(",\"x5u\":" + url), ROOT));
            assertRefused(signedUnder(ecHeader(",\"kid2\":" + url), ROOT));
        } finally {
            trap.stop(0);
        }
        assertThat(fetched).hasValue(0);
        assertRefused(signedUnder(ecHeader(",\"jwk\":" + ec.toJSONString()), ROOT));
        assertRefused(signedUnder(ecHeader(",\"x5c\":[\"MIIB\"]"), ROOT));
        assertRefused(signedUnder(ecHeader(",\"x5t\":\"AAAA\""), ROOT));
    }

    @Test
    public void O14_critAndUnencodedPayload() throws Exception {
        assertRefused(signedUnder(ecHeader(",\"crit\":[\"exp\"],\"exp\":1"), ROOT));
        assertRefused(signedUnder(ecHeader(",\"crit\":[]"), ROOT));
        assertRefused(signedUnder(ecHeader(",\"b64\":false,\"crit\":[\"b64\"]"), ROOT));
        assertRefused(signedUnder(ecHeader(",\"b64\":true,\"crit\":[\"b64\"]"), ROOT));
        assertRefused(signedUnder(ecHeader(",\"zip\":\"DEF\""), ROOT));
        assertRefused(signedUnder(ecHeader(",\"cty\":\"JWT\""), ROOT));
    }

    @Test
    public void O14_emptyAndBrokenSignatures() {
        String good = ourEc.sign(ACCESS, bytes(ROOT));
        String input = good.substring(0, good.lastIndexOf('.'));
        assertRefused(input + ".");
        assertRefused(input);
        assertRefused(input + ".AA");
        assertRefused(good + "AA");
        assertRefused(good + ".");
        assertRefused(good + "." + part(ROOT));
        assertRefused(good + "=");
        assertRefused(good + "\n");
        assertRefused(" " + good);
        assertRefused("." + good);
        assertRefused("");
        assertRefused(".");
        assertRefused("..");
    }

    /** Of 86 characters the last carries four bits that mean nothing. */
    @Test
    public void O14_theSameSignatureWrittenOtherwise() {
        String good = ourEc.sign(ACCESS, bytes(ROOT));
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(good.charAt(good.length() - 1));
        for (int bits = 1; bits < 16; bits++) {
            assertRefused(good.substring(0, good.length() - 1) + alphabet.charAt(last | bits));
        }
    }

    /** CVE-2022-21449. */
    @Test
    public void O14_psychicSignatures() throws Exception {
        String input = part(ecHeader("")) + "." + part(ROOT);
        byte[] order = ec.toECKey().getCurve().toECParameterSpec().getOrder().toByteArray();
        byte[] orderTwice = new byte[64];
        System.arraycopy(order, order.length - 32, orderTwice, 0, 32);
        System.arraycopy(order, order.length - 32, orderTwice, 32, 32);
        byte[] one = new byte[64];
        one[31] = 1;
        byte[] derZeros = {0x30, 6, 2, 1, 0, 2, 1, 0};

        for (byte[] signature : List.of(new byte[64], orderTwice, one, derZeros, new byte[63], new byte[65])) {
            assertRefused(input + "." + Base64URL.encode(signature));
        }
    }

    @Test
    public void O14_hugeHeader() throws Exception {
        assertRefused(signedUnder(ecHeader(",\"x\":\"" + "x".repeat(1_000_000) + "\""), ROOT));
        assertRefused(signedUnder(ecHeader(" ".repeat(1_000_000)), ROOT));
        assertRefused("A".repeat(1_000_000));
        assertRefused(".".repeat(60_000));
        assertRefused(ourEc.sign(ACCESS, bytes("{\"sub\":\"root\",\"x\":\"" + "x".repeat(1_000_000) + "\"}")));
    }

    @Test
    public void O14_duplicates() throws Exception {
        assertRefused(signedUnder(ecHeader(""), "{\"sub\":\"root\",\"sub\":\"alice\"}"));
        assertRefused(signedUnder(ecHeader(""), "{\"sub\":\"root\",\"s\\u0075b\":\"alice\"}"));
        assertRefused(signedUnder(ecHeader(""), "{\"a\":{\"x\":1,\"x\":2}}"));
        assertRefused(signedUnder(ecHeader(",\"alg\":\"none\""), ROOT));
        assertRefused(signedUnder(ecHeader(",\"kid\":\"" + rsa.getKeyID() + "\""), ROOT));
    }

    @Test
    public void O14_nestedTooDeep() throws Exception {
        assertRefused(signedUnder(ecHeader(""), "{\"a\":".repeat(100) + "1" + "}".repeat(100)));
        assertRefused(signedUnder(ecHeader(""), "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"));
        assertRefused(signedUnder(ecHeader(",\"x\":" + "[".repeat(100) + "]".repeat(100)), ROOT));
    }

    @Test
    public void O14_notClaims() throws Exception {
        for (String payload : List.of(
                "",
                "null",
                "[]",
                "\"root\"",
                "1",
                "{",
                ROOT + ROOT,
                ROOT + " x",
                "{\"n\":1e999999999999999999999999999999999}",
                "\ufeff" + ROOT + "x")) {
            assertRefused(signedUnder(ecHeader(""), payload));
        }
    }

    @Test
    public void O14_anotherType() throws Exception {
        assertRefused(signedUnder(ecHeader("").replace("at+jwt", "JWT"), ROOT));
        assertRefused(signedUnder(ecHeader("").replace("at+jwt", "logout+jwt"), ROOT));
        assertRefused(signedUnder("{\"alg\":\"ES256\",\"kid\":\"" + ec.getKeyID() + "\"}", ROOT));
    }
}
