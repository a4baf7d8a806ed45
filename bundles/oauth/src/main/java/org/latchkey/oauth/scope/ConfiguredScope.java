package org.latchkey.oauth.scope;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one file {@code etc/latchkey.oauth.scope-NAME.config} says of a scope. A senseless one is there too: nobody may have its
 * scope until it makes sense. Changed where it stands, so that there is no moment without the rule.
 */
@Component(
        service = ConfiguredScope.class,
        configurationPid = "latchkey.oauth.scope",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredScope.Config.class, factory = true)
public final class ConfiguredScope {

    @ObjectClassDefinition(
            name = "Latchkey OAuth scope",
            description =
                    "What a scope demands of people. It is offered by the setting scopes of the server, not by this.")
    public @interface Config {

        @AttributeDefinition(description = "The scope.")
        String name();

        @AttributeDefinition(
                description = "The mount of the server that this is about; empty for all.",
                required = false)
        String instance() default "";

        @AttributeDefinition(
                description =
                        "What people are told that it allows, TEXT, or LANGUAGE=TEXT for en, de, fr, es; the scope itself without one.",
                required = false)
        String[] title() default {};

        @AttributeDefinition(description = "Whether a password has to be typed.")
        boolean password() default true;

        @AttributeDefinition(min = "0", description = "How long ago at most, in seconds; 0 for in this session.")
        int passwordSeconds() default 0;

        @AttributeDefinition(
                description = "Groups of schemes, NAME=N:SCHEME,SCHEME each: as many of them have to be proved.",
                required = false)
        String[] schemes() default {};

        @AttributeDefinition(
                min = "0",
                description = "How long ago a scheme may have been proved, in seconds; 0 for in this session.")
        int schemeSeconds() default 0;

        @AttributeDefinition(min = "0", description = "For how many authorizations such a proof counts; 0 for all.")
        int schemeUses() default 0;

        @AttributeDefinition(
                description = "Groups of people whose members alone may have it; none for everybody.",
                required = false)
        String[] groups() default {};
    }

    private static final Logger log = LoggerFactory.getLogger(ConfiguredScope.class);

    private volatile ScopeSettings settings;

    @Activate
    public ConfiguredScope(Config config, Map<String, Object> properties) {
        this.settings = read(config, properties);
    }

    @Modified
    void modified(Config config, Map<String, Object> properties) {
        settings = read(config, properties);
    }

    private static ScopeSettings read(Config config, Map<String, Object> properties) {
        ScopeSettings read = ScopeSettings.of(config, properties);
        List<String> faults = read.faults();
        if (!faults.isEmpty()) {
            log.atError()
                    .addKeyValue("configuration", properties.get("service.pid"))
                    .addKeyValue("scope", read.scope())
                    .addKeyValue("faults", String.join(" ", faults))
                    .log("the settings of a scope make no sense: nobody may have it");
        }
        return read;
    }

    ScopeSettings settings() {
        return settings;
    }
}
