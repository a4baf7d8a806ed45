package org.latchkey.grant.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.Test;

public class UserCodeTest {

    @Test
    public void O_22_codesHaveEightLettersOfTwenty() {
        Set<Integer> letters = new HashSet<>();
        Set<UserCode> codes = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            UserCode code = UserCode.random();
            assertThat(code.shown()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
            code.letters().chars().forEach(letters::add);
            codes.add(code);
        }
        assertThat(letters).hasSize(20);
        assertThat(codes).hasSize(1000);
    }

    @Test
    public void neitherCaseNorWhatIsBetweenTheLettersCounts() {
        for (String typed : new String[] {"WDJB-MJHT", "wdjbmjht", " Wdjb mjht ", "W.D.J.B_M-J-H-T"}) {
            assertThat(UserCode.of(typed)).contains(new UserCode("WDJBMJHT"));
        }
    }

    @Test
    public void whatCannotBeACodeIsNone() {
        for (String typed : new String[] {"", "WDJB", "WDJB-MJHTX", "AEIO-UAEI", "WDJBMJH1", "W".repeat(1000)}) {
            assertThat(UserCode.of(typed)).as(typed).isEmpty();
        }
    }
}
