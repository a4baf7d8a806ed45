package org.latchkey.cas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.Service.Match;

public class ServiceMatchTest {

    private static final Service EXACT = service("exact", Match.EXACT, "https://ok.example/app");
    private static final Service PREFIX = service("prefix", Match.PREFIX, "https://ok.example/apps");
    private static final Service PATTERN =
            service("pattern", Match.PATTERN, "^https://([a-z0-9-]+\\.)?pat\\.example/(a|b)/.*$");
    private static final List<Service> ALL = List.of(EXACT, PREFIX, PATTERN);

    private final ServiceMatch match = new ServiceMatch();

    private static Service service(String name, Match match, String url) {
        return new Service(name, url, match, "", Service.Logout.NONE, "", Set.of(), false, Set.of(), "");
    }

    private void finds(Service service, String... ids) {
        for (String id : ids) {
            assertThat(match.find(ALL, id)).as(id).contains(service);
        }
    }

    private void findsNone(List<Service> services, String... ids) {
        for (String id : ids) {
            assertThat(match.find(services, id)).as(id).isEmpty();
        }
    }

    private boolean matches(Match how, String registered, String id) {
        return match.find(List.of(service("one", how, registered)), id).isPresent();
    }

    @Test
    public void anExactServiceIsFoundHoweverItsUrlIsWritten() {
        finds(
                EXACT,
                "https://ok.example/app",
                "HTTPS://OK.Example/app",
                "https://ok.example:443/app",
                "https://ok.example:/app",
                "https://ok.example/%61pp",
                "https://ok.example/app?next=/x",
                "https://ok.example/app#top",
                "https://ok.example/app;jsessionid=0A1B.node1",
                "https://ok.example/app;JSESSIONID=x?a=b#c");
        findsNone(
                ALL,
                "https://ok.example/app/",
                "https://ok.example/App",
                "https://ok.example/app;x=1",
                "https://ok.example/app;jsessionid=1/more",
                "http://ok.example/app",
                "https://ok.example:444/app",
                "https://ok.example/",
                "https://ok.example");
        assertThat(matches(Match.EXACT, "https://ok.example", "https://ok.example/"))
                .isTrue();
        assertThat(matches(Match.EXACT, "http://ok.example:80/", "http://ok.example"))
                .isTrue();
        assertThat(matches(Match.EXACT, "https://[2001:DB8::1]/a", "https://[2001:db8::1]:443/a"))
                .isTrue();
    }

    @Test
    public void aRegisteredQueryIsCompared() {
        String registered = "https://ok.example/app?site=1";
        assertThat(matches(Match.EXACT, registered, "https://ok.example/app?site=1"))
                .isTrue();
        assertThat(matches(Match.EXACT, registered, "https://ok.example/app;jsessionid=2?site=1#x"))
                .isTrue();
        for (String other : List.of("", "?", "?site=2", "?site=1&x", "?SITE=1")) {
            assertThat(matches(Match.EXACT, registered, "https://ok.example/app" + other))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    public void aPrefixIsComparedSegmentBySegment() {
        finds(
                PREFIX,
                "https://ok.example/apps",
                "https://ok.example/apps/",
                "https://ok.example/apps/one/two?x=y",
                "https://ok.example/apps;jsessionid=7",
                "https://ok.example/apps/one;jsessionid=7");
        findsNone(
                ALL,
                "https://ok.example/appsx",
                "https://ok.example/apps.evil/",
                "https://ok.example/apps%2Fone",
                "https://ok.example/APPS/one",
                "https://ok.example/x/apps/one");
        assertThat(matches(Match.PREFIX, "https://ok.example/a/", "https://ok.example/a/b"))
                .isTrue();
        assertThat(matches(Match.PREFIX, "https://ok.example/a/", "https://ok.example/a"))
                .isFalse();
        assertThat(matches(Match.PREFIX, "https://ok.example", "https://ok.example/a"))
                .isTrue();
    }

    @Test
    public void aPatternIsForTheWholeUrlWithoutItsQuery() {
        finds(
                PATTERN,
                "https://pat.example/a/",
                "https://PAT.example:443/b/c/d?x=y#z",
                "https://www.pat.example/a/x;jsessionid=9");
        findsNone(
                ALL,
                "https://pat.example/a",
                "https://pat.example/c/",
                "https://xpat.example/a/",
                "https://pat.example:8443/a/",
                "http://pat.example/a/",
                "https://evil.example/?https://pat.example/a/",
                "https://evil.example/https://pat.example/a/");
    }

    /** Row 47. */
    @Test
    public void row47_anotherHostThatBeginsAlikeIsNotFound() {
        for (Match how : Match.values()) {
            for (String id : List.of(
                    "https://a.com.evil/",
                    "https://a.com.evil",
                    "https://a.comevil/",
                    "https://evil/a.com/",
                    "https://xa.com/",
                    "https://a.com@evil/",
                    "https://a.com:1@evil/",
                    "https://evil#a.com/",
                    "https://evil?https://a.com/")) {
                String registered = how == Match.PATTERN ? "https://a\\.com/.*" : "https://a.com/";
                assertThat(matches(how, registered, id)).as(how + " " + id).isFalse();
                assertThat(matches(how, registered, "https://a.com/")).isTrue();
            }
        }
    }

    /** Attack case C-08. */
    @Test
    public void C_08_whatCouldMeanSeveralThingsIsNotFound() {
        List<Service> generous = List.of(
                service("prefix", Match.PREFIX, "https://ok.example/"),
                service("pattern", Match.PATTERN, "https?://([^/]*\\.)?ok\\.example(:\\d+)?/.*"));
        assertThat(match.find(generous, "https://ok.example/x")).isPresent();
        findsNone(
                generous,
                "https://ok.example.evil.com/",
                "https://evil/?https://ok.example/",
                "https://evil/https://ok.example/",
                "https://evil.com/.ok.example/",
                "https://evil.com%2F.ok.example/",
                "https://evil.com?.ok.example/",
                "https://evil.com#.ok.example/",
                "https://evil.com\\.ok.example/",
                "https://evil.com;.ok.example/",
                "https:\\\\ok.example\\x",
                "https://ok.example\\@evil.com/",
                "https://ok.example@evil.com/",
                "https://evil@ok.example/",
                "https://@ok.example/",
                "https://ok.example:pass@evil.com/",
                "https://ok.example/x\n",
                "https://ok.example/x\r\nSet-Cookie:a=b",
                "\thttps://ok.example/x",
                " https://ok.example/x",
                "https://ok.example/x y",
                "https://ok.example/\u0000",
                "https://ok.example/\u0085x",
                "https://ok.example/\u2028x",
                "https://ok.example/\u202Ex",
                "https://ok.example/%00",
                "https://ok.example/?x=%00",
                "https://ok.example/%0d%0ax",
                "https://ok.example/%250a",
                "https://ok.example/%5c..%5cx",
                "https://ok.example/..",
                "https://ok.example/a/../x",
                "https://ok.example/a/./x",
                "https://ok.example/%2e%2e/x",
                "https://ok.example/%2E./x",
                "https://ok.example/a%2f..%2fx",
                "https://ok.example/a%252f%252e%252e",
                "https://ok.example/..;/x",
                "https://ok.example/..;a=b/x",
                "https://ok.example/%25252525252e",
                "https://ok.example/%",
                "https://ok.example/%zz",
                "https://\u043Ek.example/x",
                "https://xn--k-8sb.example/x",
                "https://ok.example\u3002evil.com/",
                "https://ok\uFF0Eexample/x",
                "https://ok.example:0/x",
                "https://ok.example:99999/x",
                "https://ok.example:x/x",
                "https://ok.example.:443/x",
                "https:ok.example/x",
                "https:/ok.example/x",
                "https:///ok.example/x",
                "//ok.example/x",
                "ok.example/x",
                "javascript:alert('https://ok.example/x')",
                "ftp://ok.example/x",
                "",
                "https://ok.example/" + "x".repeat(8_192),
                "https://ok.example/" + "x".repeat(2_048));
        assertThat(match.find(generous, "https://ok.example/" + "x".repeat(2_000)))
                .isPresent();
    }

    @Test
    public void charactersBeyondAsciiInAPathAreComparedAsTheirEscapes() {
        assertThat(matches(Match.EXACT, "https://ok.example/caf\u00e9", "https://ok.example/caf%c3%a9"))
                .isTrue();
        assertThat(matches(Match.EXACT, "https://ok.example/caf%C3%A9", "https://ok.example/caf\u00e9"))
                .isTrue();
        assertThat(matches(Match.EXACT, "https://ok.example/caf%C3%A9", "https://ok.example/cafe"))
                .isFalse();
    }

    /** Row 46: overlapping services have a rank. */
    @Test
    public void row46_theFirstThatMatchesIsTheOne() {
        Service all = service("all", Match.PREFIX, "https://ok.example/");
        assertThat(match.find(List.of(EXACT, all), EXACT.url())).contains(EXACT);
        assertThat(match.find(List.of(all, EXACT), EXACT.url())).contains(all);
    }

    /** Row 48. */
    @Test
    public void row48_aSenselessServiceHarmsOnlyItself() {
        for (Service bad : List.of(
                service("bad", Match.PATTERN, "https://(ok/.*"),
                service("bad", Match.PATTERN, "https://[ok/.*"),
                service("bad", Match.PATTERN, "*"),
                service("bad", Match.PATTERN, ""),
                service("bad", Match.PATTERN, ".*"),
                service("bad", Match.PATTERN, "https://.*"),
                service("bad", Match.PATTERN, "https://.*/.*"),
                service("bad", Match.PATTERN, "https?://[^/]+/.*"),
                service("bad", Match.PATTERN, "https?:\\/\\/.+\\/"),
                service("bad", Match.PATTERN, "https://ok\\.example"),
                service("bad", Match.PATTERN, "(https://ok\\.example/|https://evil\\.example/).*"),
                service("bad", Match.PATTERN, "https://ok\\.example/.*|https://evil\\.example/.*"),
                service("bad", Match.PREFIX, "https://ok.example/?x"),
                service("bad", Match.PREFIX, "/apps"),
                service("bad", Match.PREFIX, ""),
                service("bad", Match.EXACT, ""),
                service("bad", Match.EXACT, "https://a@ok.example/"),
                service("bad", Match.EXACT, "https://ok.example/#x"))) {
            assertThat(ServiceMatch.fault(bad)).as(bad.url()).isPresent();
            List<Service> services = List.of(bad, EXACT, PREFIX, PATTERN);
            assertThat(match.find(services, EXACT.url())).contains(EXACT);
            assertThat(match.find(services, "https://pat.example/a/")).contains(PATTERN);
            findsNone(services, "https://evil.example/", "https://elsewhere.example/x");
        }
        assertThat(ALL).allSatisfy(good -> assertThat(ServiceMatch.fault(good)).isEmpty());
    }

    @Test
    public void whatIsNoUrlIsFoundByItsTextAlone() {
        Service target = service("target", Match.EXACT, "imap://mail.example");
        assertThat(match.find(List.of(target), "imap://mail.example")).contains(target);
        findsNone(List.of(target), "IMAP://mail.example", "imap://mail.example/", "imap://mail.example\n");
        assertThat(ServiceMatch.isWeb("imap://mail.example")).isFalse();
        assertThat(ServiceMatch.isWeb("https://mail.example")).isTrue();
    }

    @Test
    public void row43_C_01_serviceIdsAreTheSameIfTheirUrlsAre() {
        assertThat(ServiceMatch.isSame("https://a.example/x;jsessionid=1?q=1#f", "HTTPS://a.example:443/x?q=1"))
                .isTrue();
        assertThat(ServiceMatch.isSame("https://a.example/x?q=1", "https://a.example/x?q=2"))
                .isFalse();
        assertThat(ServiceMatch.isSame("https://a.example/x", "https://b.example/x"))
                .isFalse();
        assertThat(ServiceMatch.isSame("https://a@b/", "https://a@b/")).isFalse();
        assertThat(ServiceMatch.isSame("imap:x", "imap:x")).isTrue();
        assertThat(ServiceMatch.isSame("imap:x", "https://a.example/x")).isFalse();
    }

    @Test
    public void anotherListIsTakenUpAtOnce() {
        assertThat(match.find(ALL, EXACT.url())).contains(EXACT);
        assertThat(match.find(List.of(), EXACT.url())).isEqualTo(Optional.empty());
        assertThat(match.find(ALL, EXACT.url())).contains(EXACT);
    }
}
