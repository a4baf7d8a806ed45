package org.latchkey.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import org.junit.Test;

public class TrustRulesTest {

    private static TrustRules rules(String recognized, String renew) {
        return TrustRules.of(new PageSignIn.Config() {
            @Override
            public String recognized() {
                return recognized;
            }

            @Override
            public String renew() {
                return renew;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return PageSignIn.Config.class;
            }
        });
    }

    @Test
    public void C12_theDeployerChooses() {
        assertThat(rules("confirm", "form")).isEqualTo(new TrustRules(false, false));
        assertThat(rules("transparent", "form")).isEqualTo(new TrustRules(true, false));
        assertThat(rules(" Transparent ", "CONFIRM")).isEqualTo(new TrustRules(true, true));
    }

    @Test
    public void aWordThatNobodyKnowsIsTakenForTheCarefulOne() {
        assertThat(rules("silent", "yes")).isEqualTo(new TrustRules(false, false));
        assertThat(rules("", "transparent")).isEqualTo(new TrustRules(false, false));
    }
}
