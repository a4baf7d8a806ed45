package org.latchkey.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.samskivert.mustache.MustacheException;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class TemplatesTest {

    private static final List<String> PAGES = List.of(
            "login",
            "signed-in",
            "logout",
            "logged-out",
            "unknown-service",
            "unauthorized",
            "warn",
            "redirect",
            "error");

    private final Templates templates = new Templates();

    @Test
    public void L_21_everyValueIsEscaped() {
        String evil = "<script>\"'&{{x}}";
        String filled = templates.fill("<p title=\"{{name}}\">{{name}}</p>", Map.of("name", evil, "x", "no"));
        assertThat(filled)
                .doesNotContain("<script>", "\"'")
                .contains("&lt;script&gt;")
                .contains("{{x}}");
    }

    @Test
    public void L_21_whatWouldNotBeEscapedIsRefused() {
        for (String template : List.of("{{{name}}}", "{{&name}}", "{{ & name}}", "{{=<% %>=}}<%&name%>")) {
            assertThatExceptionOfType(MustacheException.class)
                    .as(template)
                    .isThrownBy(() -> templates.fill(template, Map.of("name", "x")));
        }
    }

    @Test
    public void L_21_aTemplateIncludesNothingButTheServersOwnParts() {
        for (String template : List.of("{{>../../etc/passwd}}", "{{>nothing}}")) {
            assertThatExceptionOfType(MustacheException.class)
                    .as(template)
                    .isThrownBy(() -> templates.fill(template, Map.of()));
        }
        assertThat(templates.builtIn("../texts_en.properties")).isEmpty();
        assertThat(templates.builtIn("login")).isPresent();
    }

    @Test
    public void row142_theSignedOutPageLoadsFramesAndGoesOn() {
        String page = templates.builtIn("logged-out").orElseThrow();
        assertThat(templates.fill(
                        page,
                        Map.of(
                                "frames",
                                List.of(Map.of("url", "https://a.example/out?sid=1&iss=x\"y")),
                                "target",
                                "https://a.example/bye?state=\"><script>")))
                .contains("src=\"https://a.example/out?sid&#x3D;1&amp;iss&#x3D;x&quot;y\"")
                .contains("<a id=\"continue\" href=\"https://a.example/bye?state&#x3D;&quot;&gt;&lt;script&gt;\">");
        assertThat(templates.fill(page, Map.of())).doesNotContain("<iframe", "<script", "id=\"continue\"");
    }

    @Test
    public void row50_theServerHasEveryPageItself() {
        assertThat(PAGES).allSatisfy(page -> assertThat(templates.builtIn(page)).isPresent());
    }
}
