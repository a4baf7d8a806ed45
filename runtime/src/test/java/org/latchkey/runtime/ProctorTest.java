package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ProctorTest {

    private static final String GATE = "org.latchkey.auth.gate";
    private static final String SLACK = "org.latchkey.notify.slack";
    private static final String TARGET = "latchkey.procs/authenticators";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;

    @Before
    public void home() throws IOException {
        home = folder.getRoot().toPath();
        for (String each : List.of("plugins", "deploy", "system", "etc")) {
            folder.newFolder(each);
        }
        jar("plugins/org.latchkey.auth.gate-0.1.0.jar", GATE, "GateSignIn", "Authenticator");
        jar("plugins/org.latchkey.notify.slack-0.1.0.jar", SLACK, "Slack", "Notifier");
        jar("deploy/mine.jar", "org.example.mine", "Mine", "Authenticator");
        jar("system/dir.jar", "org.latchkey.directory", "DirectoryAuthenticator", "Authenticator");
    }

    @Test
    public void row91TheThreeVariablesBecomeSettings() {
        Proctor proctor = read("PROCTOR_AUTH_ENABLED", "T", "PROCTOR_AUTH_PLUGIN_BINARY", GATE);
        assertThat(values(proctor)).isEqualTo(Map.of("latchkey.procs/authEnabled", "true", TARGET, GATE));
        assertThat(proctor.properties())
                .containsEntry("latchkey.configuration", "latchkey.procs/authEnabled " + TARGET + "[]")
                .containsEntry("latchkey.configuration." + TARGET + "[]", GATE);
        assertThat(read().properties()).isEmpty();
    }

    @Test
    public void row91ABinaryIsAFileAPathASymbolicNameOrWhatProctorCallsIt() {
        for (String binary : List.of(
                GATE,
                "org.latchkey.auth.gate-0.1.0.jar",
                "/opt/x/plugins/org.latchkey.auth.gate-0.1.0.jar",
                "/app/plugin/auth.so",
                "gate.so",
                "auth",
                "gate-auth-plugin")) {
            assertThat(authenticator(binary, "")).as(binary).isEqualTo(GATE);
            assertThat(authenticator(binary, "Auth")).as(binary).isEqualTo(GATE);
            assertThat(authenticator(binary, "GateSignIn")).isEqualTo(GATE + "/" + GATE + ".GateSignIn");
        }
        assertThat(authenticator("mine.jar", "Mine")).isEqualTo("org.example.mine/org.example.mine.Mine");
        assertThat(authenticator("mine.jar", "Auth")).isEqualTo("org.example.mine");
        assertThat(authenticator("org.latchkey.directory", "")).isEqualTo("org.latchkey.directory");
    }

    @Test
    public void row91WhatIsNoPluginIsRefusedWithTheVariablesName() {
        refused("PROCTOR_AUTH_PLUGIN_BINARY: there is no plugin ldap.so", "PROCTOR_AUTH_PLUGIN_BINARY", "ldap.so");
        refused(SLACK + " is no Authenticator", "PROCTOR_AUTH_PLUGIN_BINARY", "slack.so");
        refused(
                "PROCTOR_AUTH_PLUGIN_EXPORTED: " + GATE + " has no component Other; it has GateSignIn",
                "PROCTOR_AUTH_PLUGIN_BINARY",
                GATE,
                "PROCTOR_AUTH_PLUGIN_EXPORTED",
                "Other");
        refused("there is no plugin a,b", "PROCTOR_AUTH_PLUGIN_BINARY", "a,b");
    }

    @Test
    public void row90WhatIsNotInDeployIsAWarning() {
        assertThat(read("PROCTOR_AUTH_PLUGIN_BINARY", GATE).warnings())
                .singleElement()
                .asString()
                .contains("PROCTOR_AUTH_PLUGIN_BINARY names " + GATE, "not in " + home.resolve("deploy"), "503");
        assertThat(read("PROCTOR_AUTH_PLUGIN_BINARY", "mine.jar").warnings()).isEmpty();
        assertThat(read("PROCTOR_AUTH_PLUGIN_BINARY", "org.latchkey.directory").warnings())
                .isEmpty();
    }

    @Test
    public void row106ListsOfDifferentLengthsAreRefusedWithBothNames() {
        String binary = "PROCTOR_NOTIFICATION_PLUGIN_BINARY";
        String exported = "PROCTOR_NOTIFICATION_PLUGIN_EXPORTED";
        refused(binary + " names 2 plugins, but " + exported + " has 1", binary, "slack.so,slack", exported, "Slack");
        refused(binary + " names 1 plugins, but " + exported + " has 0", binary, "slack.so");
        refused(binary + " has an empty name", binary, "slack.so,", exported, "Slack,Slack");
        refused(binary + ": there is no plugin mail.so", binary, "slack.so,mail.so", exported, "Slack,Mail");
        Proctor proctor = read(binary, "slack.so, " + SLACK, exported, "SlackNotification,Slack");
        assertThat(proctor.given()).isEmpty();
        assertThat(proctor.warnings()).hasSize(2).allMatch(each -> each.contains(SLACK));
        assertThat(read(exported, "Slack").warnings()).containsExactly(exported + " has no effect without " + binary);
    }

    @Test
    public void row101TheAdminGroupsAreAListAlsoUnderTheirMistakenName() {
        String target = "latchkey.procs/adminGroups";
        String right = "PROCTOR_AUTH_REQUIRED_ADMIN_GROUP";
        String mistaken = "PROCTOR_REQUIRED_ADMIN_GROUP";
        assertThat(values(read(right, "a, b"))).containsEntry(target, "a,b");
        Proctor proctor = read(mistaken, "c");
        assertThat(values(proctor)).containsEntry(target, "c");
        assertThat(proctor.warnings()).singleElement().asString().contains(mistaken, right);
        assertThat(values(read(mistaken, "c", right, "a"))).containsEntry(target, "a");
        refused(right + " has an empty name", right, ",");
        assertThat(read(right, "").given()).isEmpty();
    }

    @Test
    public void row98And111WhatGateAndSlackNeedBecomesTheirs() throws IOException {
        Files.writeString(home.resolve("url"), "https://hooks.example.org/T/B/s3cret\n");
        Proctor proctor = read(
                "GATE_PLUGIN_PROTOCOL", "http",
                "GATE_PLUGIN_HOST", "gate:80",
                "GATE_PLUGIN_PROFILE_PATH", "me",
                "SLACK_PLUGIN_URL_FILE", "url",
                "PROCTOR_MIN_CLIENT_VERSION", "2.0.0");
        assertThat(values(proctor))
                .isEqualTo(Map.of(
                        "latchkey.auth.gate/protocol", "http",
                        "latchkey.auth.gate/host", "gate:80",
                        "latchkey.auth.gate/profilePath", "me",
                        "latchkey.notify.slack~proctor/.url", "https://hooks.example.org/T/B/s3cret",
                        "latchkey.procs/minClientVersion", "2.0.0"));
        refused("SLACK_PLUGIN_URL and SLACK_PLUGIN_URL_FILE", "SLACK_PLUGIN_URL", "x", "SLACK_PLUGIN_URL_FILE", "url");
        refused("PROCTOR_AUTH_ENABLED is true or false", "PROCTOR_AUTH_ENABLED", "yes");
    }

    @Test
    public void row87TheEnvironmentIsShownAsWhatCountsAndCheckKnowsItsNames() throws IOException {
        Files.writeString(home.resolve("etc/latchkey.procs.config"), "minClientVersion=\"1.0.0\"\nexecutor=\"x\"\n");
        Map<String, String> environment = Map.of(
                "PROCTOR_MIN_CLIENT_VERSION", "2.0.0",
                "SLACK_PLUGIN_URL", "https://s3cret",
                "PROCTOR_AUTH_ENABLE", "false");
        Metatype metatype = Metatype.of();
        assertThat(new ConfigShow(Settings.read(environment, home), environment, metatype).lines())
                .contains(
                        new ConfigShow.Line(
                                "latchkey.procs/minClientVersion", "2.0.0", "environment PROCTOR_MIN_CLIENT_VERSION"),
                        new ConfigShow.Line(
                                "latchkey.procs/executor", "x", home.resolve("etc/latchkey.procs.config") + ":2"),
                        new ConfigShow.Line(
                                "latchkey.notify.slack~proctor/.url", "(set)", "environment SLACK_PLUGIN_URL"))
                .noneMatch(
                        line -> line.value().contains("1.0.0") || line.value().contains("s3cret"));
        ConfigCheck check = new ConfigCheck(environment, metatype);
        check.checkSettings(List.of(), home);
        assertThat(check.warnings())
                .containsExactly(
                        "environment: PROCTOR_AUTH_ENABLE has no effect here; did you mean PROCTOR_AUTH_ENABLED?");
        ConfigCheck refused = new ConfigCheck(Map.of("PROCTOR_AUTH_PLUGIN_BINARY", "x.so"), metatype);
        refused.checkSettings(List.of(), home);
        assertThat(refused.errors()).singleElement().asString().contains("there is no plugin x.so");
    }

    private String authenticator(String binary, String exported) {
        return values(read("PROCTOR_AUTH_PLUGIN_BINARY", binary, "PROCTOR_AUTH_PLUGIN_EXPORTED", exported))
                .get(TARGET);
    }

    private static Map<String, String> values(Proctor proctor) {
        Map<String, String> values = new HashMap<>();
        proctor.given().forEach((name, each) -> values.put(name, each.value()));
        return values;
    }

    private void refused(String message, String... environment) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> read(environment))
                .withMessageContaining(message);
    }

    private Proctor read(String... pairs) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return Proctor.read(environment, Settings.read(environment, home));
    }

    private void jar(String path, String symbolicName, String component, String point) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(new Attributes.Name("Bundle-SymbolicName"), symbolicName + ";singleton:=false");
        try (OutputStream file = Files.newOutputStream(home.resolve(path));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/x.xml"));
            String name = symbolicName + "." + component;
            jar.write(("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + name + "\">"
                            + "<service><provide interface=\"org.latchkey.api.extension." + point
                            + "\"/></service><implementation class=\"" + name + "\"/></scr:component>")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
