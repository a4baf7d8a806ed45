package org.latchkey.store.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * Which database, and how much of it.
 *
 * @param url JDBC URL
 * @param user empty for none
 * @param password empty for none; {@link #toString()} does not show it, nor the URL, which may hold one
 * @param connections size of the pool
 * @param patience longest wait for a connection, and for others that are in the way of a commit
 * @param folder where an embedded database is made, if the URL does not say
 * @param readOnly whether this server is a replica: nothing is stored, not even a newer schema
 */
record Settings(
        String url,
        String user,
        String password,
        int connections,
        Duration patience,
        Optional<Path> folder,
        boolean readOnly) {

    /** From the framework's properties, which come from the environment and win, and the configuration. */
    static Settings of(Function<String, String> properties, StoreComponent.Config config) {
        Optional<String> given = first(properties.apply("latchkey.db.url"), config.url());
        Optional<Path> folder = given.isPresent()
                ? Optional.empty()
                : Optional.of(EmbeddedUrl.folder(properties.apply("latchkey.data")));
        String url = given.or(() -> folder.map(EmbeddedUrl::in)).orElseThrow();
        String anyUser = EmbeddedUrl.is(url) ? "sa" : "";
        Duration patience = Duration.ofMillis(config.patienceMillis());
        return new Settings(
                ServerUrl.complete(EmbeddedUrl.complete(url), patience),
                first(properties.apply("latchkey.db.user"), config.user()).orElse(anyUser),
                first(properties.apply("latchkey.db.password"), config._password())
                        .orElse(""),
                config.connections(),
                patience,
                folder,
                config.readOnly() || Boolean.parseBoolean(properties.apply("latchkey.readonly")));
    }

    private static Optional<String> first(String property, String configured) {
        Optional<String> given = Optional.ofNullable(property).filter(text -> !text.isEmpty());
        return given.isPresent() ? given : Optional.of(configured).filter(text -> !text.isEmpty());
    }

    /** The same database for work that may take its time. */
    Settings unhurried() {
        return new Settings(ServerUrl.unhurried(url), user, password, connections, patience, folder, readOnly);
    }

    /** Another database, with the pool and patience of this one; without a user, H2 gets the one it always has. */
    Settings elsewhere(String otherUrl, String otherUser, String otherPassword) {
        String anyUser = EmbeddedUrl.is(otherUrl) ? "sa" : "";
        return new Settings(
                ServerUrl.complete(EmbeddedUrl.complete(otherUrl), patience),
                otherUser.isEmpty() ? anyUser : otherUser,
                otherPassword,
                connections,
                patience,
                Optional.empty(),
                false);
    }

    /** The URL without what may be a password. */
    String name() {
        return url.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//");
    }

    /** As a {@link DataSourceFactory} takes them. */
    Properties forDriver() {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
        if (!user.isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_USER, user);
            properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password);
        }
        return properties;
    }

    @Override
    public String toString() {
        return "Settings[connections=" + connections + ", patience=" + patience + "]";
    }
}
