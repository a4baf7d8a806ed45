package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.Test;

public class RequestIdsTest {

    @Test
    public void idsAreShortAndDiffer() {
        var ids = IntStream.range(0, 10_000).mapToObj(each -> RequestIds.next()).toList();
        assertThat(ids).allMatch(id -> id.matches("[a-z2-7]{16}")).doesNotHaveDuplicates();
    }
}
