package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class WishTest {

    @Test
    public void browsersWantPages() {
        for (String accept : new String[] {
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
            "TEXT/HTML",
            "text/*",
            "text/html;level=1;q=0.5",
            "text/html;q=0.9, application/json;q=0.8",
            "application/xhtml+xml"
        }) {
            assertThat(new Wish(accept).isForPages()).as(accept).isTrue();
        }
    }

    @Test
    public void whoeverTakesAnythingOrSaysNothingIsAProgram() {
        for (String accept : new String[] {
            "",
            "*/*",
            "application/json",
            "application/json, text/html",
            "application/problem+json, text/html;q=0.9",
            "text/html;q=0, */*",
            "text/html;q=2",
            "text/html;q=x",
            "text/css,*/*;q=0.1",
            "image/avif,*/*",
            ",;,/;q",
            "text/html, " + "a".repeat(2000)
        }) {
            assertThat(new Wish(accept).isForPages()).as(accept).isFalse();
        }
    }
}
