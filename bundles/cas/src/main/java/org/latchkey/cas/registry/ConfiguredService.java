package org.latchkey.cas.registry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.cas.Service;
import org.latchkey.cas.ServiceMatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * One application, as one file {@code etc/latchkey.cas.service-NAME.config} describes it. A senseless one is there too,
 * with what is wrong, so that it can be told.
 */
@Component(
        service = ConfiguredService.class,
        configurationPid = "latchkey.cas.service",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredService.Config.class, factory = true)
public final class ConfiguredService {

    @ObjectClassDefinition(name = "Latchkey CAS service", description = "An application that people sign in to.")
    public @interface Config {
        @AttributeDefinition(name = "Name", description = "Unique; the instance of this configuration if empty.")
        String name() default "";

        @AttributeDefinition(name = "URL", description = "What its service URLs are compared with.")
        String url();

        @AttributeDefinition(
                name = "Match",
                description = "How: the very URL, whatever is below it, or a regular expression.",
                options = {
                    @Option(label = "exact", value = "exact"),
                    @Option(label = "prefix", value = "prefix"),
                    @Option(label = "pattern", value = "pattern")
                })
        String match() default "exact";

        @AttributeDefinition(name = "Comment", description = "For people.", required = false)
        String comment() default "";

        @AttributeDefinition(
                name = "Logout",
                description = "How it is told that somebody signed out.",
                options = {
                    @Option(label = "none", value = "none"),
                    @Option(label = "back channel", value = "back_channel"),
                    @Option(label = "front channel", value = "front_channel")
                })
        String logout() default "none";

        @AttributeDefinition(
                name = "Logout URL",
                description = "Where it is told that; the URL of the sign-in if empty.",
                required = false)
        String logoutUrl() default "";

        @AttributeDefinition(name = "Attributes", description = "What it is told about people; * for all.")
        String[] attributes() default {};

        @AttributeDefinition(name = "Proxies", description = "Whether it may ask for proxy-granting tickets.")
        boolean proxies() default false;

        @AttributeDefinition(name = "Groups", description = "Only members of any of these may sign in to it.")
        String[] groups() default {};

        @AttributeDefinition(name = "Theme", description = "The theme of its pages.", required = false)
        String theme() default "";

        @AttributeDefinition(name = "Order", description = "Lower ones are tried first, equal ones by name.")
        int order() default 1000;
    }

    /**
     * What a configuration came to.
     *
     * @param name for people, also if nothing else is right
     * @param service nothing if it makes no sense
     * @param fault why, empty if it makes sense
     */
    record Reading(String name, int order, Optional<Service> service, String fault) {

        static Reading bad(String name, String fault) {
            return new Reading(name, Integer.MAX_VALUE, Optional.empty(), fault);
        }

        String url() {
            return service.map(Service::url).orElse("");
        }
    }

    private volatile Reading reading;

    @Activate
    public ConfiguredService(Config config, Map<String, Object> properties) {
        this.reading = read(config, String.valueOf(properties.get("service.pid")));
    }

    @Modified
    void modified(Config config, Map<String, Object> properties) {
        reading = read(config, String.valueOf(properties.get("service.pid")));
    }

    Reading reading() {
        return reading;
    }

    private static Reading read(Config config, String pid) {
        String given = text(config.name());
        String name = given.isEmpty() ? pid.substring(pid.indexOf('~') + 1) : given;
        try {
            Service service = new Service(
                    name,
                    text(config.url()),
                    choice(Service.Match.class, "match", config.match()),
                    text(config.comment()),
                    choice(Service.Logout.class, "logout", config.logout()),
                    text(config.logoutUrl()),
                    texts(config.attributes()),
                    config.proxies(),
                    texts(config.groups()),
                    text(config.theme()));
            Optional<String> fault = fault(service);
            return fault.isPresent()
                    ? Reading.bad(name, fault.get())
                    : new Reading(name, config.order(), Optional.of(service), "");
        } catch (IllegalArgumentException senseless) {
            return Reading.bad(name, senseless.getMessage());
        }
    }

    private static Optional<String> fault(Service service) {
        if (service.url().isEmpty()) {
            return Optional.of("It has no url.");
        }
        if (!service.logoutUrl().isEmpty() && !ServiceMatch.isWeb(service.logoutUrl())) {
            return Optional.of("Its logoutUrl is no http or https URL.");
        }
        return ServiceMatch.fault(service);
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equals(text(value).toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Its " + name + " must be one of "
                        + Stream.of(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    /** A setting without a default is null where it is missing. */
    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    private static Set<String> texts(String[] values) {
        return values == null
                ? Set.of()
                : Stream.of(values)
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.toSet());
    }
}
