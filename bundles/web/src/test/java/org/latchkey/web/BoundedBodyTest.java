package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.Test;
import org.latchkey.api.Refusal;

public class BoundedBodyTest {

    private static InputStream body(int length, long limit) {
        return new BoundedBody(new ByteArrayInputStream(new byte[length]), limit);
    }

    @Test
    public void aBodyOfTheLimitPasses() throws IOException {
        assertThat(body(10, 10).readAllBytes()).hasSize(10);
        assertThat(body(0, 0).readAllBytes()).isEmpty();
    }

    @Test
    public void oneByteMoreIsTooLarge() {
        assertThatThrownBy(() -> body(11, 10).readAllBytes())
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.TOO_LARGE));
        assertThatThrownBy(() -> body(11, 10).skip(11)).isInstanceOf(Refusal.class);
    }

    @Test
    public void singleBytesCountToo() throws IOException {
        InputStream body = body(2, 1);
        assertThat(body.read()).isZero();
        assertThatThrownBy(body::read).isInstanceOf(Refusal.class);
    }

    @Test
    public void aBodyThatBreaksOffIsTheClientsFault() {
        InputStream broken = new BoundedBody(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset");
                    }
                },
                10);
        assertThatThrownBy(() -> broken.read(new byte[1], 0, 1))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.INVALID));
    }
}
