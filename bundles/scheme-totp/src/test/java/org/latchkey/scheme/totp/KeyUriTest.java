package org.latchkey.scheme.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.Test;

public class KeyUriTest {

    @Test
    public void base32IsThatOfTheStandard() {
        String[] texts = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
        String[] coded = {"", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"};
        for (int i = 0; i < texts.length; i++) {
            assertThat(Base32.of(texts[i].getBytes(StandardCharsets.US_ASCII))).isEqualTo(coded[i]);
        }
    }

    @Test
    public void namesAreEncoded() {
        assertThat(KeyUri.of("My & Co", "a?b@c", new byte[] {1, 2}))
                .startsWith("otpauth://totp/My%20%26%20Co:a%3Fb%40c?secret=AEBA&issuer=My%20%26%20Co&");
    }

    @Test
    public void thePictureIsSvgWithoutAScript() {
        String svg = new String(
                Base64.getDecoder().decode(KeyUri.picture("otpauth://totp/x?secret=AAAA")), StandardCharsets.UTF_8);
        assertThat(svg).startsWith("<svg ").endsWith("</svg>").doesNotContain("script", "otpauth");
    }
}
