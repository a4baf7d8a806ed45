package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.junit.Test;
import org.latchkey.api.service.Outbound.NamedBy;

public class GuardTest {

    private static final URI SELF = URI.create("https://id.example/sso");

    private final Guard guard = new Guard(List.of("Intranet.example", "10.1.1.1"), List.of(), SELF, GuardTest::resolve);

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host.toLowerCase(Locale.ROOT)) {
            case "app.example", "id.example" -> new InetAddress[] {InetAddress.getByName("1.2.3.4")};
            case "intranet.example", "rebound.example" -> new InetAddress[] {InetAddress.getByName("10.0.0.7")};
            case "mixed.example" ->
                new InetAddress[] {InetAddress.getByName("1.2.3.4"), InetAddress.getByName("127.0.0.1")};
            case "nowhere.example" -> throw new UnknownHostException(host);
            default -> InetAddress.getAllByName(host);
        };
    }

    private void refused(String url, String reason) {
        assertThatThrownBy(() -> guard.check(url, NamedBy.REQUEST))
                .as(url)
                .isInstanceOf(Refused.class)
                .hasMessageContaining(reason);
    }

    @Test
    public void C30_onlyHttps() throws Exception {
        refused("http://app.example/", "not https");
        refused("ftp://app.example/", "not https");
        refused("file:///etc/passwd", "not https");
        refused("//app.example/", "not https");
        refused("", "not https");
        assertThat(guard.check("HTTPS://app.example/pgt?x=1", NamedBy.REQUEST)
                        .url()
                        .getPath())
                .isEqualTo("/pgt");
    }

    @Test
    public void C10_noAddressOfTheServersOwnNetwork() {
        for (String host : new String[] {
            "127.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "10.0.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "[fe80::1]",
            "0.0.0.0",
            "rebound.example"
        }) {
            refused("https://" + host + "/", "is not public");
        }
    }

    @Test
    public void C10_noOtherWayToWriteAnAddressHelps() {
        for (String host : new String[] {"2130706433", "0x7f.1", "127.1", "017700000001", "127.0.0.1.", "localhost"}) {
            assertThatThrownBy(() -> guard.check("https://" + host + "/", NamedBy.REQUEST))
                    .as(host)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    public void C10_everyAddressOfAHostCounts() {
        refused("https://mixed.example/", "is not public");
    }

    @Test
    public void C10_aHostThatIsRegisteredMayBeInside() throws Exception {
        assertThat(guard.check("https://intranet.example:8443/", NamedBy.REQUEST)
                        .addresses())
                .containsExactly(InetAddress.getByName("10.0.0.7"));
        assertThat(guard.check("https://10.1.1.1/", NamedBy.REQUEST).addresses())
                .containsExactly(InetAddress.getByName("10.1.1.1"));
        refused("https://x.intranet.example.evil.invalid/", "no host");
    }

    @Test
    public void C10_notTheServerItself() throws Exception {
        for (String url : new String[] {
            "https://id.example/sso",
            "https://ID.example:443/sso/cas/login",
            "https://id.example/app/../sso/",
            "https://id.example/%73so/"
        }) {
            refused(url, "this server");
        }
        assertThat(guard.check("https://id.example/app", NamedBy.REQUEST).addresses())
                .isNotEmpty();
        assertThat(guard.check("https://id.example:8443/sso", NamedBy.REQUEST).addresses())
                .isNotEmpty();
        assertThat(guard.check("https://id.example/ssomething", NamedBy.REQUEST).addresses())
                .isNotEmpty();
    }

    @Test
    public void C10_whatIsNotPlainlyAUrlIsRefused() {
        refused("https://app.example@127.0.0.1/", "user");
        refused("https://user:pw@app.example/", "user");
        refused("https:app.example", "no host");
        refused("https:///x", "no host");
        refused("https://a_b.example/", "no host");
        refused("https://app.example/ x", "no URL");
        refused("https://app.example/\r\nHost: x", "no URL");
        refused("https://app.example\\@127.0.0.1/", "no URL");
        refused("https://nowhere.example/", "no host nowhere.example");
        refused("https://app.example/" + "x".repeat(3000), "too long");
    }

    @Test
    public void C10_noAddressWhereCloudsKeepTheirSecrets() {
        for (String host : new String[] {"169.254.169.254", "168.63.129.16", "100.100.100.200", "[fd00:ec2::254]"}) {
            refused("https://" + host + "/", "is not public");
            assertThatThrownBy(() -> guard.check("http://" + host + "/", NamedBy.OPERATOR))
                    .as(host)
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("no application's");
        }
    }

    @Test
    public void theOperatorMayNamePlainAndPrivateOnes() throws Exception {
        for (String url : new String[] {
            "http://127.0.0.1:8080/", "https://10.0.0.1/", "http://[::1]/", "https://id.example/sso/app"
        }) {
            assertThat(guard.check(url, NamedBy.OPERATOR).addresses()).as(url).isNotEmpty();
        }
        for (String url : new String[] {
            "http://0.0.0.0/",
            "http://[fe80::1]/",
            "http://224.0.0.1/",
            "ftp://127.0.0.1/",
            "http:///x",
            "http://u@127.0.0.1/"
        }) {
            assertThatThrownBy(() -> guard.check(url, NamedBy.OPERATOR)).as(url).isInstanceOf(Refused.class);
        }
    }

    @Test
    public void plainPrivateHostsAreASettingForTests() throws Exception {
        Guard plain = new Guard(List.of("127.0.0.1"), List.of("127.0.0.1"), SELF, GuardTest::resolve);
        assertThat(plain.check("http://127.0.0.1/", NamedBy.REQUEST).addresses())
                .isNotEmpty();
        assertThatThrownBy(() -> plain.check("http://app.example/", NamedBy.REQUEST))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not https");
    }
}
