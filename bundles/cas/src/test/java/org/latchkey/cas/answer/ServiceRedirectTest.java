package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class ServiceRedirectTest {

    private static void leads(String service, String to) {
        assertThat(ServiceRedirect.with(service, "ST-1")).isEqualTo(to);
    }

    @Test
    public void J6_aQueryOfTheServiceIsKept() {
        leads("https://a.example", "https://a.example?ticket=ST-1");
        leads("https://a.example/app", "https://a.example/app?ticket=ST-1");
        leads("https://a.example/app?", "https://a.example/app?ticket=ST-1");
        leads("https://a.example/app?x=1", "https://a.example/app?x=1&ticket=ST-1");
        leads("https://a.example/app?x=1&", "https://a.example/app?x=1&ticket=ST-1");
        leads("https://a.example/app?u=https://b?c", "https://a.example/app?u=https://b?c&ticket=ST-1");
    }

    @Test
    public void J6_theFragmentStaysLast() {
        leads("https://a.example/app#top", "https://a.example/app?ticket=ST-1#top");
        leads("https://a.example/app?x=1#/a?b=c", "https://a.example/app?x=1&ticket=ST-1#/a?b=c");
        leads("https://a.example/#", "https://a.example/?ticket=ST-1#");
    }

    @Test
    public void aTicketOfAnEarlierRoundIsTakenOut() {
        leads("https://a.example/?ticket=ST-0", "https://a.example/?ticket=ST-1");
        leads("https://a.example/?a=1&ticket=ST-0&b=2&ticket", "https://a.example/?a=1&b=2&ticket=ST-1");
        leads("https://a.example/?%74icket=ST-0", "https://a.example/?ticket=ST-1");
        leads("https://a.example/?tickets=2&Ticket=3", "https://a.example/?tickets=2&Ticket=3&ticket=ST-1");
    }

    @Test
    public void nothingIsEncodedTwice() {
        leads("https://a.example/%C3%A4?q=a%20b+c%26", "https://a.example/%C3%A4?q=a%20b+c%26&ticket=ST-1");
        leads("https://a.example/ä?q=%zz", "https://a.example/%C3%A4?q=%zz&ticket=ST-1");
        leads("https://a.example/a;jsessionid=1?x", "https://a.example/a;jsessionid=1?x&ticket=ST-1");
    }

    @Test
    public void noServiceCanEndTheHeader() {
        leads("https://a.example/\r\nSet-Cookie: x", "https://a.example/%0D%0ASet-Cookie:%20x?ticket=ST-1");
        leads("https://a.example/\\\"<>\u007f", "https://a.example/%5C%22%3C%3E%7F?ticket=ST-1");
    }

    @Test
    public void C8_withoutATicketTheServiceIsAsItWas() {
        assertThat(ServiceRedirect.without("https://a.example/?x=1#y")).isEqualTo("https://a.example/?x=1#y");
        assertThat(ServiceRedirect.without("https://a.example/?ticket=ST-0")).isEqualTo("https://a.example/");
    }
}
