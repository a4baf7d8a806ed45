package org.latchkey.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.notify.mail.Configured.mail;
import static org.latchkey.notify.mail.Configured.notice;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.Test;

public class SettingsTest {

    private static void refused(String why, String setting, Object value) {
        refused(why, Map.of(setting, value));
    }

    private static void refused(String why, Map<String, ?> settings) {
        assertThatThrownBy(() -> mail(25, settings))
                .as("%s", settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    public void whatMakesNoSenseIsRefused() {
        refused("host must", "host", "");
        refused("host must", "host", "a b\r\n");
        refused("port must", "port", 70_000);
        refused("security must", "security", "ssl");
        refused("in the clear", "host", "mail.example.org");
        refused("must both be set", "user", "relay");
        refused("must both be set", "_password", "hunter2");
        refused("from must", "from", "");
        refused("to must", "to", new String[0]);
        refused("to must", "to", new String[] {"ops@example.org\r\nBcc: x@example.org"});
        refused("readMillis must", "readMillis", 0);
        refused("writeMillis must", "writeMillis", 60_000);
        refused("caFile cannot", "caFile", "/nowhere.pem");
        assertThatCode(() -> mail(25, Map.of("host", "mail.example.org", "allowPlain", true)))
                .doesNotThrowAnyException();
        assertThatCode(() -> mail(0, Map.of("host", "mail.example.org", "security", "starttls")))
                .doesNotThrowAnyException();
    }

    @Test
    public void r06ATemplateNamesValuesAndNothingElse() {
        for (String template : new String[] {
            "{{{entity}}}",
            "{{&entity}}",
            "{{ & entity }}",
            "{{>other}}",
            "{{=<% %>=}}<%&entity%>",
            "{{<parent}}{{/parent}}"
        }) {
            for (String setting : new String[] {"subject", "text", "html"}) {
                refused(setting + " ", setting, template);
            }
        }
        refused("text is no template", "text", "{{#facts}}");
        for (String call :
                new String[] {"class", "hashCode", "facts.size", "type.length", "type.getBytes", "entity.class.name"}) {
            Map<String, Object> values = new HashMap<>(Map.of("text", "[{{" + call + "}}]"));
            assertThat(Templates.of(Configured.config(values)).text(notice("x", Map.of("entity", "ada"))))
                    .as(call)
                    .isEqualTo("[]");
        }
    }

    @Test
    public void addressesArePlain() {
        for (String one :
                new String[] {"a@example.org", "a.b+c@mail.example.org", "root@localhost", "x_y-z@a-b.example"}) {
            assertThat(Addresses.isOne(one)).as(one).isTrue();
        }
        for (String none : new String[] {
            "",
            "a",
            "@example.org",
            "a@",
            "a@b",
            "a@-b.example",
            "a b@example.org",
            "\"a b\"@example.org",
            "a@example.org,b@example.org",
            "Ada <a@example.org>",
            "a@example.org\n",
            "a@[127.0.0.1]",
            "j\u00fcrgen@example.org",
            "a@b\u00fc.example",
            ".a@example.org",
            "a..b@example.org",
            "a@example..org",
            "<a@example.org>",
            "x".repeat(65) + "@example.org"
        }) {
            assertThat(Addresses.isOne(none)).as(none).isFalse();
        }
    }

    @Test
    public void recipientsOfAFactComeInAnyOfTheUsualForms() {
        Recipients all = Recipients.of("ops@example.org", "{mails}");
        for (String form : new String[] {
            "a@x.example,b@x.example", "a@x.example; b@x.example ;", "[\"a@x.example\",\"b@x.example\"]"
        }) {
            assertThat(all.of(notice("x", Map.of("mails", form))))
                    .containsExactly("ops@example.org", "a@x.example", "b@x.example");
        }
        assertThat(all.of(notice("x", Map.of("mails", "[\"a@x.example\"")))).containsExactly("ops@example.org");
        String many = "a@x.example,".repeat(3) + "b@x.example";
        assertThat(all.of(notice("x", Map.of("mails", many)))).hasSize(3);
    }

    @Test
    public void thePasswordIsInNoText() {
        Server server = Server.of(
                Configured.config(Map.of("host", "mail.example.org", "user", "relay", "_password", "hunter2")),
                Path.of(""));
        assertThat(server).hasToString("mail.example.org:587");
        assertThat(server.properties("example.org").toString()).doesNotContain("hunter2");
    }
}
