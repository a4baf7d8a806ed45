package org.latchkey.notify.slack;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.service.Notices;
import org.latchkey.api.service.Outbound;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * One channel, for each {@code etc/latchkey.notify.slack-<instance>.config}. A notice that Slack did not take is tried
 * again by the outbox; whether Slack answers is told as health.
 */
@Component(
        name = Slack.NAME,
        configurationPid = Slack.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = Slack.Config.class, factory = true)
public final class Slack implements Notifier, HealthCheck {

    @ObjectClassDefinition(name = "Slack notices", description = "A Slack channel that hears of what happens.")
    public @interface Config {
        @AttributeDefinition(
                name = "URL",
                description = "Of the incoming webhook; a secret, as whoever knows it can post.",
                type = AttributeType.PASSWORD)
        String _url() default "";

        @AttributeDefinition(
                name = "Topics",
                description = "Which notices, such as execution.* or entity.locked; all if there is none.")
        String[] latchkey_topics() default {};

        @AttributeDefinition(
                name = "Timeout",
                description = "Milliseconds that a message may take.",
                min = "100",
                max = "20000")
        int timeoutMillis() default 10_000;
    }

    static final String PID = "latchkey.notify.slack";
    static final String NAME = "org.latchkey.notify.slack.Slack";

    /** Below the deadline of notifiers, and so that slowness is not taken for a fault of the plugin. */
    private static final int LONGEST_MILLIS = 20_000;

    private final String name;
    private final Outbound.Lane lane;
    private final Channel channel;

    private final Notices notices;

    /** @throws IllegalArgumentException that says what is wrong with the settings, without the URL */
    @Activate
    public Slack(
            @Reference Outbound outbound, @Reference Notices notices, Config config, Map<String, Object> properties) {
        HookUrl url = HookUrl.of(config._url());
        int millis = config.timeoutMillis();
        if (millis < 100 || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("timeoutMillis must be 100 to " + LONGEST_MILLIS + ", not " + millis);
        }
        String pid = String.valueOf(properties.get("service.pid"));
        this.name = "notify.slack" + (pid.contains("~") ? pid.substring(pid.indexOf('~')) : "");
        this.lane = outbound.open(new Outbound.Rules(name, 2, 2, 4, Set.of(), Optional.empty()));
        this.notices = notices;
        this.channel = new Channel(lane, url, Duration.ofMillis(millis), Clock.systemUTC());
    }

    @Deactivate
    void deactivate() {
        lane.close();
    }

    @Override
    public void notify(Notice notice) throws IOException {
        channel.post(Message.of(notice, notices.topic(notice.type())));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> fault() {
        return channel.fault();
    }
}
