package org.latchkey.notify.webhook;

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
import org.latchkey.api.service.Outbound.NamedBy;
import org.osgi.framework.BundleContext;
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
 * One receiver, for each {@code etc/latchkey.notify.webhook-<instance>.config}. Whether it can be called at all is seen
 * when there is something to tell; until it has answered for the first time its faults say that it is unverified.
 */
@Component(
        name = Webhook.NAME,
        configurationPid = Webhook.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = Webhook.Config.class, factory = true)
public final class Webhook implements Notifier, HealthCheck {

    @ObjectClassDefinition(name = "Web hook", description = "Another service that is told what happens, over HTTP.")
    public @interface Config {
        @AttributeDefinition(
                name = "URL",
                description = "Of the receiver, https or http; kept secret, as such URLs often have a key.",
                type = AttributeType.PASSWORD)
        String _url() default "";

        @AttributeDefinition(
                name = "Secret",
                description = "Signs what is sent: whsec_ and 24 to 64 bytes in Base64.",
                type = AttributeType.PASSWORD)
        String _secret() default "";

        @AttributeDefinition(
                name = "Previous secret",
                description = "Signs it too, while the receiver changes from this one to the other.",
                type = AttributeType.PASSWORD)
        String _previousSecret() default "";

        @AttributeDefinition(
                name = "Public only",
                description = "Whether only https at public addresses is called, for URLs that others than you gave.")
        boolean publicOnly() default false;

        @AttributeDefinition(
                name = "Topics",
                description = "Which notices, such as execution.* or entity.locked; all if there is none.")
        String[] latchkey_topics() default {};

        @AttributeDefinition(
                name = "Timeout",
                description = "Milliseconds that a call may take.",
                min = "100",
                max = "20000")
        int timeoutMillis() default 10_000;
    }

    static final String PID = "latchkey.notify.webhook";
    static final String NAME = "org.latchkey.notify.webhook.Webhook";

    /** Below the deadline of notifiers, and so that slowness is not taken for a fault of the plugin. */
    private static final int LONGEST_MILLIS = 20_000;

    private final String name;
    private final String source;
    private final Outbound.Lane lane;
    private final Receiver receiver;

    private final Notices notices;

    /** @throws IllegalArgumentException that says what is wrong with the settings, without URL and secret */
    @Activate
    public Webhook(
            BundleContext context,
            @Reference Outbound outbound,
            @Reference Notices notices,
            Config config,
            Map<String, Object> properties) {
        Address address = Address.of(config._url());
        Signature signature = Signature.of(config._secret(), config._previousSecret());
        int millis = config.timeoutMillis();
        if (millis < 100 || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("timeoutMillis must be 100 to " + LONGEST_MILLIS + ", not " + millis);
        }
        String pid = String.valueOf(properties.get("service.pid"));
        this.name = "notify.webhook" + (pid.contains("~") ? pid.substring(pid.indexOf('~')) : "");
        this.source = Optional.ofNullable(context.getProperty("latchkey.public.url"))
                .filter(url -> !url.isBlank())
                .orElse("urn:latchkey");
        this.lane = outbound.open(new Outbound.Rules(name, 2, 2, 4, Set.of(), Optional.empty()));
        this.notices = notices;
        NamedBy namedBy = config.publicOnly() ? NamedBy.REQUEST : NamedBy.OPERATOR;
        this.receiver = new Receiver(lane, address, namedBy, signature, Duration.ofMillis(millis), Clock.systemUTC());
    }

    @Deactivate
    void deactivate() {
        lane.close();
    }

    @Override
    public void notify(Notice notice) throws IOException {
        receiver.tell(notice.id(), Event.of(notice, source, notices.topic(notice.type())));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> fault() {
        return receiver.fault();
    }
}
