package org.latchkey.auth.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.auth.gate.Gate.Finding;
import org.latchkey.testkit.FakeLane;

public class GateTest {

    private static final String ADA = "ada@example.org";
    private static final String TOKEN = "TOKEN+OF/ADA=";

    private final FakeGate stub = new FakeGate();
    private final FakeLane lane = new FakeLane(stub);

    @Before
    public void people() {
        stub.add(ADA, TOKEN, true, "dev", "proctor.admin");
        stub.add("bob@example.org", "TOKENOFBOB", true);
        stub.add("carl@example.org", "TOKENOFCARL", false, "dev");
    }

    @Test
    public void row98TheRequestIsThatOfProctorsPlugin() {
        assertThat(find(Map.of("strict", false), ADA, TOKEN)).isInstanceOf(Finding.Known.class);
        Call call = lane.calls().get(0);
        assertThat(lane.calls()).hasSize(1);
        assertThat(call.url())
                .isEqualTo("https://gate.example.org/api/v1/users/profile?email=ada%40example.org"
                        + "&access_token=TOKEN%2BOF%2FADA%3D");
        assertThat(call.content()).isEmpty();
        assertThat(call.headers()).isEqualTo(Map.of("Accept", "application/json"));
        assertThat(call.namedBy()).isEqualTo(Outbound.NamedBy.OPERATOR);
    }

    @Test
    public void row98TheTokenMayTravelInAHeader() {
        assertThat(find(Map.of("tokenIn", "header"), ADA, TOKEN)).isInstanceOf(Finding.Known.class);
        assertThat(lane.calls()).hasSize(2).allSatisfy(call -> {
            assertThat(call.headers()).containsEntry("Authorization", "Bearer " + TOKEN);
            assertThat(call.url()).doesNotContain("TOKEN");
            assertThat(call.content()).map(Outbound.Content::text).isNotEqualTo(Optional.of(TOKEN));
        });
    }

    @Test
    public void row99TheTokenOfOneIsNotThatOfAnother() {
        assertThat(find(Map.of("strict", false), ADA, "TOKENOFBOB")).isInstanceOf(Finding.Known.class);
        assertThat(find(Map.of(), ADA, "TOKENOFBOB")).isInstanceOf(Finding.Refused.class);
        assertThat(find(Map.of("tokenIn", "header"), ADA, "TOKENOFBOB")).isInstanceOf(Finding.Refused.class);
        assertThat(find(Map.of(), ADA, TOKEN)).isInstanceOf(Finding.Known.class);
    }

    @Test
    public void row99WhatIsAskedFirstChangesNothing() {
        find(Map.of(), ADA, TOKEN);
        assertThat(lane.calls().get(0).content())
                .map(Outbound.Content::text)
                .contains("email=ada%40example.org&access_token=TOKEN%2BOF%2FADA%3D");
        assertThat(lane.calls().get(0).url()).isEqualTo("https://gate.example.org/api/v1/users/profile");
    }

    @Test
    public void row94WhoIsNotInGateOrHasNoValidTokenIsRefused() {
        assertThat(find(Map.of(), ADA, "WRONG")).isInstanceOf(Finding.Refused.class);
        assertThat(find(Map.of("strict", false), ADA, "WRONG")).isInstanceOf(Finding.Refused.class);
        assertThat(find(Map.of(), "nobody@example.org", TOKEN)).isInstanceOf(Finding.Refused.class);
        assertThat(find(Map.of("strict", false), "nobody@example.org", TOKEN)).isInstanceOf(Finding.Refused.class);
    }

    @Test
    public void row96WhoIsNotActiveIsRefusedThoughGateSays200() {
        assertThat(find(Map.of(), "carl@example.org", "TOKENOFCARL"))
                .isEqualTo(new Finding.Refused("not active in Gate"));
    }

    @Test
    public void l18WhoIsInNoGroupIsKnownWithoutGroups() {
        assertThat(find(Map.of(), "BOB@example.org", "TOKENOFBOB"))
                .isEqualTo(new Finding.Known(new Profile("bob@example.org", true, Set.of())));
    }

    @Test
    public void row94AndL18WhatIsNoAnswerIsAFault() {
        for (int status : new int[] {201, 204, 301, 302, 400, 403, 429, 500, 502, 503}) {
            unavailable(FakeGate.says(status, stub.profiles.get(ADA)));
        }
        for (Failure.Why why : Failure.Why.values()) {
            unavailable(new Failure(why, "so it was"));
        }
        for (String garbage : new String[] {
            "",
            "<html>",
            "null",
            "[]",
            "{}",
            "{\"success\":\"yes\"}",
            "{\"email\":\"ada@example.org\"}",
            "{\"email\":\"ada@example.org\",\"active\":\"true\",\"groups\":[]}",
            "{\"email\":\"ada@example.org\",\"active\":true}",
            "{\"email\":\"ada@example.org\",\"active\":true,\"groups\":null}",
            "{\"email\":\"ada@example.org\",\"active\":true,\"groups\":[\"dev\"]}",
            "{\"email\":\"ada@example.org\",\"active\":false,\"active\":true,\"groups\":[]}",
            "{\"email\":\"ada@example.org\",\"active\":true,\"groups\":[]} {}",
            "{\"email\":\"bob@example.org\",\"active\":true,\"groups\":[]}"
        }) {
            unavailable(FakeGate.says(200, garbage));
        }
    }

    private void unavailable(Outbound.Result result) {
        stub.instead = Optional.of(result);
        for (boolean strict : new boolean[] {true, false}) {
            assertThatExceptionOfType(Unavailable.class)
                    .as("%s, strict %s", result, strict)
                    .isThrownBy(() -> find(Map.of("strict", strict), ADA, TOKEN));
        }
    }

    @Test
    public void noMessageHasTheToken() {
        stub.instead = Optional.of(new Failure(Failure.Why.FAILED, "cannot call /?access_token=SECRETTOKEN"));
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> find(Map.of(), ADA, "SECRETTOKEN"))
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("SECRETTOKEN"));
    }

    private Finding find(Map<String, ?> settings, String email, String token) {
        return new Gate(Configured.settings(settings), lane).find(email, token);
    }
}
