package org.latchkey.notify.mail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Mails of one kind, for each {@code etc/latchkey.notify.mail-<instance>.config}. */
@Component(
        name = Mail.NAME,
        configurationPid = Mail.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = Mail.Config.class, factory = true)
public final class Mail implements Notifier, HealthCheck {

    @ObjectClassDefinition(name = "Notices by mail", description = "People who are mailed what happens.")
    public @interface Config {
        @AttributeDefinition(name = "Host", description = "The SMTP server.")
        String host() default "";

        @AttributeDefinition(
                name = "Port",
                description = "0 for 587, with implicit TLS 465, without TLS 25.",
                min = "0")
        int port() default 0;

        @AttributeDefinition(
                name = "Security",
                description = "STARTTLS, TLS from the first byte, or none (on this machine, or with allowPlain).",
                options = {
                    @Option(value = "starttls", label = "starttls"),
                    @Option(value = "tls", label = "tls"),
                    @Option(value = "none", label = "none")
                })
        String security() default "starttls";

        @AttributeDefinition(
                name = "Allow plain",
                description = "Lets mails and the password cross the network in the clear, with security none.")
        boolean allowPlain() default false;

        @AttributeDefinition(name = "CA file", description = "PEM file of the authorities whose servers are believed.")
        String caFile() default "";

        @AttributeDefinition(name = "User", description = "Who signs in at the server; nobody if empty.")
        String user() default "";

        @AttributeDefinition(name = "Password", description = "Of that user.", type = AttributeType.PASSWORD)
        String _password() default "";

        @AttributeDefinition(name = "From", description = "The address that mails come from.")
        String from() default "";

        @AttributeDefinition(
                name = "To",
                description = "Addresses, or {fact} for those that the fact of that name has.")
        String[] to() default {};

        @AttributeDefinition(
                name = "Subject",
                description = "Template of the subject, in Mustache; if empty, what it is and by whom.")
        String subject() default "";

        @AttributeDefinition(
                name = "Text",
                description = "Template of the text, in Mustache; if empty, all facts one below the other.")
        String text() default "";

        @AttributeDefinition(
                name = "HTML",
                description = "Template of the same in HTML, in Mustache; if empty, the mail has text alone.")
        String html() default "";

        @AttributeDefinition(
                name = "Topics",
                description = "Which notices, such as execution.* or entity.locked; all if there is none.")
        String[] latchkey_topics() default {};

        @AttributeDefinition(name = "Connect", description = "Milliseconds until the server must be connected.")
        int connectMillis() default 5000;

        @AttributeDefinition(name = "Read", description = "Milliseconds until it must have answered a command.")
        int readMillis() default 5000;

        @AttributeDefinition(name = "Write", description = "Milliseconds until it must have taken what is sent.")
        int writeMillis() default 5000;
    }

    static final String PID = "latchkey.notify.mail";
    static final String NAME = "org.latchkey.notify.mail.Mail";

    private final String name;
    private final Recipients recipients;
    private final Letters letters;
    private final Relay relay;

    /** @throws IllegalArgumentException that says what is wrong with the settings, without the password */
    @Activate
    public Mail(BundleContext context, Config config, Map<String, Object> properties) {
        String etc = Optional.ofNullable(context.getProperty("latchkey.etc")).orElse("");
        String pid = String.valueOf(properties.get("service.pid"));
        this.name = "notify.mail" + (pid.contains("~") ? pid.substring(pid.indexOf('~')) : "");
        this.recipients = Recipients.of(config.to());
        this.letters = new Letters(Addresses.of("from", config.from()), Templates.of(config));
        this.relay = new Relay(Server.of(config, Path.of(etc)), letters.domain());
    }

    /** Mails it, unless nobody is to get it. */
    @Override
    public void notify(Notice notice) throws IOException {
        Set<String> to = recipients.of(notice);
        if (!to.isEmpty()) {
            relay.send(session -> letters.letter(session, notice, to), to);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> fault() {
        return relay.fault();
    }
}
