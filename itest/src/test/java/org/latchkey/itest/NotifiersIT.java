package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.latchkey.itest.proctor.StubMail;
import org.latchkey.itest.proctor.StubSlack;
import org.latchkey.itest.proctor.StubWebhook;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Slack, web hook and mail side by side in the distribution, as an operator sets them up. */
public class NotifiersIT {

    private static final String SLACK = "org.latchkey.notify.slack";
    private static final List<String> PLUGINS =
            List.of(SLACK, "org.latchkey.notify.webhook", "org.latchkey.notify.mail");

    private static final long LEAK_SECONDS = 3;

    private static final StubSlack slack = new StubSlack();
    private static final StubWebhook webhook = new StubWebhook();
    private static final StubMail mail = new StubMail();
    private static final Server server = new Server()
            .withEtc("latchkey.deployer", "bakeMillis=L\"300\"", "leakSeconds=L\"" + LEAK_SECONDS + "\"")
            .withEtc("latchkey.notify", "pollSeconds=I\"1\"", "firstRetryMillis=I\"100\"", "longestRetrySeconds=I\"1\"")
            .withEtc("latchkey.notify.slack-ops", ".url=\"" + slack.url() + "\"")
            .withEtc(
                    "latchkey.notify.webhook-crm",
                    ".url=\"" + webhook.url() + "\"",
                    ".secret=\"" + StubWebhook.SECRET + "\"",
                    "timeoutMillis=I\"1000\"")
            .withEtc(
                    "latchkey.notify.mail-ops",
                    "host=\"127.0.0.1\"",
                    "port=I\"" + mail.port() + "\"",
                    "security=\"none\"",
                    "user=\"" + StubMail.USER + "\"",
                    ".password=\"" + StubMail.PASSWORD + "\"",
                    "from=\"latchkey@example.org\"",
                    "to=[\"ops@example.org\"]",
                    "html=\"<p>{{entity}}</p>\"");

    @ClassRule
    public static final TestRule rules =
            RuleChain.outerRule(slack).around(webhook).around(mail).around(server);

    private Http root;

    @Before
    public void deploy() {
        everybodyAnswers();
        root = server.root();
        for (String plugin : PLUGINS) {
            if (root.state(plugin).isEmpty()) {
                server.deploy(Server.shipped(plugin), plugin + ".jar");
            }
        }
        await(60, () -> PLUGINS.stream().allMatch(root::isProven));
    }

    @After
    public void everybodyAnswers() {
        slack.answer(200);
        webhook.answer(200);
        mail.answer(250);
    }

    private void create(String id) {
        assertThat(root.post("/api/v1/entities", Map.of("id", id)).status()).isEqualTo(201);
    }

    private static long inSlack(String id) {
        return slack.messages().stream().filter(message -> message.contains(id)).count();
    }

    private static long inWebhook(String id) {
        return webhook.events().stream()
                .filter(event -> event.path("data")
                        .path("content")
                        .path("entity")
                        .asText()
                        .equals(id))
                .count();
    }

    private static long inMail(String id) {
        return mail.mails().stream()
                .filter(each -> each.contains("<p>" + id + "</p>"))
                .count();
    }

    private static boolean isEverywhere(String id) {
        return inSlack(id) > 0 && inWebhook(id) > 0 && inMail(id) > 0;
    }

    /** Each of the channels has these, once. */
    private static void assertOnceEverywhere(List<String> ids) {
        for (String id : ids) {
            assertThat(List.of(inSlack(id), inWebhook(id), inMail(id))).as(id).containsExactly(1L, 1L, 1L);
        }
    }

    @Test
    public void row105EveryChannelGetsANoticeOnce() {
        create("once-ada");
        await(60, () -> isEverywhere("once-ada"));
        create("once-bob"); // after it, whatever came twice would have come
        await(60, () -> isEverywhere("once-bob"));
        assertOnceEverywhere(List.of("once-ada", "once-bob"));
        assertThat(webhook.events()).anySatisfy(event -> assertThat(List.of(
                        event.path("specversion").asText(),
                        event.path("type").asText(),
                        event.path("subject").asText()))
                .containsExactly("1.0", "org.latchkey.entity.created", "once-ada"));
        assertThat(mail.mails()).anySatisfy(each -> assertThat(each)
                .contains("Subject: entity.created, by root", "To: ops@example.org", "entity: once-ada"));
        nothingSecretIsSaid();
    }

    /** One hangs, one refuses, one throws: the fourth gets everything, the request is answered, and at last all get all. */
    @Test
    public void row107OneThatFailsDoesNotAffectTheOthers() {
        Path thrower =
                PluginJar.named("org.example.thrower").source("Thrower", """
                @Component
                public final class Thrower implements Notifier {
                    public void notify(Notice notice) { throw new IllegalStateException("told to throw"); }
                }
                """).build();
        Path deployed = server.deploy(thrower, "thrower.jar");
        await(60, () -> root.serves("org.example.thrower"));
        webhook.hang();
        mail.answer(451);
        List<String> ids = IntStream.range(0, 5).mapToObj(i -> "apart-" + i).toList();
        ids.forEach(this::create);
        await(60, () -> ids.stream().allMatch(id -> inSlack(id) > 0));
        assertThat(ids).allSatisfy(id -> assertThat(inMail(id) + inWebhook(id)).isZero());
        await(
                60,
                () -> server.logs().contains("did not take a mail: 451")
                        && server.logs().contains("the time was over"));
        slack.answer(500);
        webhook.answer(200);
        mail.answer(250);
        await(90, () -> ids.stream().allMatch(id -> inMail(id) > 0 && inWebhook(id) > 0));
        slack.answer(200);
        create("apart-last");
        await(90, () -> isEverywhere("apart-last"));
        assertOnceEverywhere(ids);
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        server.undeploy(deployed);
        nothingSecretIsSaid();
    }

    /** Slack is down while its plugin is replaced. Nothing is lost, and nothing comes twice. */
    @Test
    public void r07SlackIsDownWhileItsPluginIsReplaced() {
        slack.answer(503);
        List<String> ids =
                IntStream.range(0, 12).mapToObj(i -> "away-" + i + "-").toList();
        ids.subList(0, 4).forEach(this::create);
        int tries = slack.tries();
        await(60, () -> slack.tries() > tries + 1);
        server.deploy(PluginJar.reversioned(Server.shipped(SLACK), "2.0.0"), SLACK + ".jar");
        ids.subList(4, 8).forEach(this::create);
        await(60, () -> root.version(SLACK).equals("2.0.0"));
        slack.answer(429);
        ids.subList(8, 12).forEach(this::create);
        slack.answer(200);
        await(90, () -> ids.stream().allMatch(id -> inSlack(id) > 0));
        create("away-last");
        await(60, () -> inSlack("away-last") > 0);
        assertThat(slack.messages().stream()
                        .filter(message -> message.contains("entity.created"))
                        .flatMap(message -> ids.stream().filter(message::contains)))
                .containsExactlyElementsOf(ids);
        nothingSecretIsSaid();
    }

    /** Promise 7, for libraries that keep much in statics and start threads of their own. */
    @Test
    public void takenOutTheyLeaveNothingBehind() throws InterruptedException {
        create("leaving");
        await(60, () -> isEverywhere("leaving"));
        for (String plugin : PLUGINS) {
            server.undeploy(server.deploy().resolve(plugin + ".jar"));
        }
        await(60, () -> PLUGINS.stream().allMatch(plugin -> root.state(plugin).isEmpty()));
        Thread.sleep(3 * LEAK_SECONDS * 1000);
        assertThat(server.logs().lines().filter(line -> line.contains("left something behind")))
                .isEmpty();
    }

    private void nothingSecretIsSaid() {
        String said = server.logs()
                + server.output()
                + root.get("/api/v1/system/status").body()
                + root.get("/api/v1/hooks").body()
                + root.get("/api/v1/audit?limit=500").body();
        assertThat(said)
                .doesNotContain(
                        StubSlack.SECRET,
                        "hush-of-the-slack-hook",
                        StubWebhook.KEY,
                        StubWebhook.SECRET,
                        StubMail.PASSWORD);
    }
}
