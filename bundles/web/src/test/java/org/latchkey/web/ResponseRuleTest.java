package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.latchkey.api.http.Response;

public class ResponseRuleTest {

    @Test
    public void anOrdinaryResponsePasses() {
        Response response = Response.text(201, "x").withHeader("Location", "/x?y=z");
        assertThat(ResponseRule.checked(response)).isSameAs(response);
    }

    @Test
    public void noResponseIsAFault() {
        assertThatThrownBy(() -> ResponseRule.checked(null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void anImpossibleStatusIsAFault() {
        for (int status : new int[] {-1, 0, 100, 199, 600, 1000}) {
            assertThatThrownBy(() -> ResponseRule.checked(Response.empty(status)))
                    .as("%s", status)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    public void aHeaderThatSplitsTheResponseIsAFault() {
        Response good = Response.empty(200);
        assertThatThrownBy(() -> ResponseRule.checked(good.withHeader("Location", "/x\r\nSet-Cookie: a=b")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ResponseRule.checked(good.withHeader("X\nY", "z")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ResponseRule.checked(good.withHeader("", "z")))
                .isInstanceOf(IllegalStateException.class);
    }
}
