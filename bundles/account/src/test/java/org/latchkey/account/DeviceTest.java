package org.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class DeviceTest {

    @Test
    public void browsersThatPretendToBeOthersAreToldApart() {
        String chrome =
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assertThat(Device.of(chrome)).contains("Chrome, Windows");
        assertThat(Device.of(chrome + " Edg/140.0")).contains("Edge, Windows");
        assertThat(Device.of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))
                .contains("Firefox, Linux");
        assertThat(Device.of("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15"))
                .contains("Safari, macOS");
        assertThat(Device.of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1"))
                .contains("Chrome, iPhone");
    }

    @Test
    public void whatIsNotKnownIsNothing() {
        assertThat(Device.of("")).isEmpty();
        assertThat(Device.of("<script>alert(1)</script>")).isEmpty();
    }
}
