package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.Test;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.ExtensionInfo;

public class MountRuleTest {

    @Test
    public void aPathSegmentIsAMount() {
        for (String mount : new String[] {"cas", "oidc-2", "a", "0.x_y"}) {
            assertThat(MountRule.fault(FakeEndpoints.info("p", mount, false)))
                    .as(mount)
                    .isEmpty();
        }
    }

    @Test
    public void p19_aPluginGetsNoNameOfTheCore() {
        String[] reserved = {"api", "healthz", "metrics", "login", "logout", "assets", "admin", ".well-known", ".hidden"
        };
        for (String mount : reserved) {
            assertThat(MountRule.fault(FakeEndpoints.info("p", mount, false)))
                    .as(mount)
                    .isPresent();
            assertThat(MountRule.fault(FakeEndpoints.info("p", mount, true)))
                    .as(mount)
                    .isEmpty();
        }
    }

    @Test
    public void p19_whatIsNoSegmentIsNoMountForAnybody() {
        String[] wrong = {"", "/", "*", "/*", "a/b", "API", "..", ".", "a b", "-a", "a;b", "a%2fb", "x".repeat(70)};
        for (String mount : wrong) {
            assertThat(MountRule.fault(FakeEndpoints.info("p", mount, true)))
                    .as(mount)
                    .isPresent();
        }
    }

    @Test
    public void anEndpointWithoutAMountIsReported() {
        ExtensionInfo info =
                new ExtensionInfo("Endpoint", "x", "p", "1", false, 0, "", "active", "", Map.of(Endpoint.MOUNT, 7));
        assertThat(MountRule.fault(info)).isPresent();
    }
}
