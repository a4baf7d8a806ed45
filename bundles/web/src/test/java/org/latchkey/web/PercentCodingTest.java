package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class PercentCodingTest {

    @Test
    public void decodesUtf8() {
        assertThat(PercentCoding.decode("a%20b%C3%BC")).contains("a bü");
        assertThat(PercentCoding.decode("plain")).contains("plain");
        assertThat(PercentCoding.decode("")).contains("");
    }

    @Test
    public void brokenEscapesAreNoText() {
        for (String raw : new String[] {"%", "%4", "%zz", "a%", "%-1", "%u0041"}) {
            assertThat(PercentCoding.decode(raw)).as(raw).isEmpty();
        }
    }

    @Test
    public void a11_whatIsNotCleanUtf8IsNoText() {
        for (String raw : new String[] {"%C0%AF", "%E0%80%AF", "%FF", "%ED%A0%80", "%C3", "ü"}) {
            assertThat(PercentCoding.decode(raw)).as(raw).isEmpty();
        }
    }
}
