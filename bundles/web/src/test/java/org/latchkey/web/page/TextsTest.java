package org.latchkey.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class TextsTest {

    private final Texts texts = new Texts();

    @Test
    public void L_22_theLanguageIsTheBestThereIs() {
        assertThat(texts.language("de-CH,fr;q=0.8")).isEqualTo("de");
        assertThat(texts.language("ja, fr;q=0.5, es;q=0.7")).isEqualTo("es");
        assertThat(texts.language("")).isEqualTo("en");
        assertThat(texts.language("ar")).isEqualTo("en");
    }

    @Test
    public void L_22_whatIsNoWishIsAnsweredInEnglish() {
        assertThat(texts.language("de,".repeat(4000))).isEqualTo("en");
        assertThat(texts.language("<script>;q=x")).isEqualTo("en");
    }

    @Test
    public void L_22_aMissingTextIsEnglishAndAtLastItsKey() {
        assertThat(texts.text("de", "login.button")).isEqualTo("Anmelden");
        assertThat(texts.text("xx", "login.button")).isEqualTo("Sign in");
        assertThat(texts.text("de", "no.such.key")).isEqualTo("no.such.key");
    }

    @Test
    public void everyLanguageHasEveryText() {
        var english = texts.all().get("en").stringPropertyNames();
        assertThat(texts.all()).hasSize(4);
        texts.all()
                .forEach((language, all) ->
                        assertThat(all.stringPropertyNames()).as(language).isEqualTo(english));
    }
}
