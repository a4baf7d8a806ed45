package org.latchkey.example.mirror;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.service.Directory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps a copy of who exists in another service (as NetAuth's Okta plugin does). A notice only says where to look: what
 * is sent is what the directory holds now, so that a notice that comes twice, or late, does no harm.
 */
@Component(configurationPid = "latchkey.mirror", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Mirror.Config.class)
public final class Mirror implements Notifier {

    @ObjectClassDefinition(name = "Mirror", description = "Where the copy of the directory is.")
    public @interface Config {
        @AttributeDefinition(name = "URL", description = "Of the service; https, or http on this machine.")
        String url() default "";

        @AttributeDefinition(name = "Token", description = "What it knows us by.", type = AttributeType.PASSWORD)
        String _token() default "";

        @AttributeDefinition(name = "Timeout", description = "Seconds a request may take.", min = "1", max = "3600")
        int timeoutSeconds() default 10;
    }

    private static final int PAGE = 1000;

    private final Directory directory;
    private final Remote remote;

    @Activate
    public Mirror(@Reference Directory directory, Config config) {
        this.directory = directory;
        this.remote = new Remote(URI.create(config.url()), config._token(), 1000 * config.timeoutSeconds());
    }

    @Override
    public void notify(Notice notice) throws IOException {
        String id = notice.id();
        String entity = notice.content().getOrDefault("entity", "");
        String group = notice.content().getOrDefault("group", "");
        switch (notice.type()) {
            case "entity.created", "entity.updated" -> user(id, entity);
            case "entity.locked", "entity.unlocked" -> suspension(id, entity);
            case "entity.destroyed" -> endOfUser(id, entity);
            case "membership.changed" -> groupsOf(id, entity);
            case "group.created", "group.updated" -> group(id, group);
            case "group.destroyed" -> remote.send(id, "DELETE", "/groups/" + group, "");
            case "group.rules-changed" -> members(id, notice.content().getOrDefault("affected", ""));
            default -> {} // no business of the copy: keys, capabilities, secrets; or newer than this plugin
        }
    }

    private Optional<Entity> user(String id, String name) throws IOException {
        Optional<Entity> entity = directory.entity(name);
        if (entity.isPresent()) {
            remote.send(id, "PUT", "/users/" + name, Body.of(entity.get()));
        }
        return entity;
    }

    private void suspension(String id, String name) throws IOException {
        Optional<Entity> entity = user(id, name);
        if (entity.isPresent()) {
            String change = entity.get().locked() ? "suspend" : "unsuspend";
            remote.send(id, "POST", "/users/" + name + "/lifecycle/" + change, "");
        }
    }

    /** Whoever may have the name now is somebody else, of whom a later notice tells. */
    private void endOfUser(String id, String name) throws IOException {
        remote.send(id, "POST", "/users/" + name + "/lifecycle/deactivate", "");
        remote.send(id, "DELETE", "/users/" + name, "");
    }

    private void groupsOf(String id, String name) throws IOException {
        if (user(id, name).isPresent()) {
            remote.send(id, "PUT", "/users/" + name + "/groups", Body.of("groups", directory.groupsOf(name)));
        }
    }

    private Optional<Group> group(String id, String name) throws IOException {
        Optional<Group> group = directory.group(name);
        if (group.isPresent()) {
            remote.send(id, "PUT", "/groups/" + name, Body.of(group.get()));
        }
        return group;
    }

    /** A rule moves many at once: of each group that it may have changed all members are sent; "..." is "and more". */
    private void members(String id, String affected) throws IOException {
        List<String> names = List.of(affected.split(","));
        if (names.contains("...")) {
            names = all(after -> directory.groups("*", after, PAGE), Group::name);
        }
        for (String name : names) {
            if (!name.isEmpty() && group(id, name).isPresent()) {
                List<String> members = all(after -> directory.members(name, after, PAGE), Entity::id);
                remote.send(id, "PUT", "/groups/" + name + "/members", Body.of("members", members));
            }
        }
    }

    private static <T> List<String> all(Function<String, Page<T>> pages, Function<T, String> name) {
        List<String> names = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Page<T> page = pages.apply(next.get());
            page.items().forEach(item -> names.add(name.apply(item)));
            next = page.next();
        }
        return names;
    }
}
