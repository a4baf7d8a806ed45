package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.Test;

public class PublicAddressTest {

    private static boolean isPublic(String address) throws Exception {
        return PublicAddress.is(InetAddress.getByName(address));
    }

    @Test
    public void C10_addressesOfOnesOwnNetworkAreNotPublic() throws Exception {
        for (String address : new String[] {
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:7f00:1::",
            "2001:db8::1"
        }) {
            assertThat(isPublic(address)).as(address).isFalse();
        }
    }

    @Test
    public void addressesOfTheInternetArePublic() throws Exception {
        for (String address : new String[] {
            "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1", "128.0.0.1",
            "172.15.255.255", "172.32.0.0", "192.167.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
            "2606:4700::1111", "2a00:1450::1", "2003::1"
        }) {
            assertThat(isPublic(address)).as(address).isTrue();
        }
    }
}
