package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;
import org.latchkey.api.http.Response;

public class ResponseRuleTest {

    @Test
    public void whatFramesAPageIsAnOriginOrAll() {
        Response page = Response.of(200, "text/html", new byte[0]);
        for (String good : List.of("*", "https://app.example", "http://127.0.0.1:8080")) {
            assertThat(ResponseRule.checked(page.framedBy(good)).ancestors()).containsExactly(good);
        }
        for (String bad : List.of("", "'self'", "https://a.example/x", "https://a; script-src *", "data:", "* *")) {
            assertThatThrownBy(() -> ResponseRule.checked(page.framedBy(bad)))
                    .as(bad)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

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
