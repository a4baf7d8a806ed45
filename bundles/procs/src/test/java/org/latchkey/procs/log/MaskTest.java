package org.latchkey.procs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class MaskTest {

    @Test
    public void row115SecretsAreHiddenWhereverTheyStand() {
        Mask mask = new Mask(List.of("hunter2", "hunter22", "abc", "first line\nsecond line\r\n"));
        assertThat(mask.over("hunter2hunter22 hunter222")).isEqualTo("****** ***2");
        assertThat(mask.over("abc first line, then second line.")).isEqualTo("abc ***, then ***.");
        assertThat(mask.over("nothing")).isEqualTo("nothing");
        assertThat(mask.toString()).doesNotContain("hunter");
    }
}
