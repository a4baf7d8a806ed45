package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.latchkey.api.Refusal;

public class QueryTest {

    @Test
    public void givesEveryValueInOrder() {
        assertThat(Query.values("a=1&b=x&a=2&a", "a")).containsExactly("1", "2", "");
        assertThat(Query.values("b=1", "a")).isEmpty();
        assertThat(Query.values("", "a")).isEmpty();
    }

    @Test
    public void decodesNamesAndValues() {
        assertThat(Query.values("%61=x%2By+z%3D%26", "a")).containsExactly("x+y z=&");
        assertThat(Query.values("a=b=c", "a")).containsExactly("b=c");
    }

    @Test
    public void brokenEncodingIsRefused() {
        assertThatThrownBy(() -> Query.values("a=%zz", "a")).isInstanceOf(Refusal.class);
    }
}
