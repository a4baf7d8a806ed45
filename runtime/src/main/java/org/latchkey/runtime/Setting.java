package org.latchkey.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One setting of the launcher, and the forms its name has.
 *
 * @param name as in {@code etc/latchkey.config}: {@code http.port}
 * @param kind how its value is read and shown
 * @param fallback its value if nobody says anything, empty for none; a path begins at the home
 * @param meaning for people, in one line
 */
record Setting(String name, Kind kind, String fallback, String meaning) {

    enum Kind {
        TEXT,
        /** A file or directory; a relative one begins at the home of the distribution. */
        PATH,
        /** Never shown; refused as a flag, which every user of the machine can read. */
        SECRET,
        /** Read by the start script before there is a Java: from the environment alone. */
        SCRIPT
    }

    static final List<Setting> ALL = List.of(
            new Setting("http.host", Kind.TEXT, "127.0.0.1", "where plain HTTP listens"),
            new Setting("http.port", Kind.TEXT, "8080", "its port; 0 is a free one, off is none"),
            new Setting("insecure.http", Kind.TEXT, "false", "true allows plain HTTP beyond this machine"),
            new Setting("https.host", Kind.TEXT, "", "where HTTPS listens; empty for http.host"),
            new Setting("https.port", Kind.TEXT, "off", "its port; 0 is a free one, off is none"),
            new Setting("tls.certificate", Kind.PATH, "etc/tls.crt", "certificate chain of HTTPS, a PEM file"),
            new Setting("tls.key", Kind.PATH, "etc/tls.key", "its private key, a PEM file (PKCS #8)"),
            new Setting("mtls.port", Kind.TEXT, "off", "a second port of HTTPS, which asks for client certificates"),
            new Setting("mtls.url", Kind.TEXT, "", "what links say of it; empty for public.url with its port"),
            new Setting("public.url", Kind.TEXT, "", "what links and tokens say; empty for where it listens"),
            new Setting("data", Kind.PATH, "data", "directory of what must survive"),
            new Setting("deploy", Kind.PATH, "deploy", "directory of plugins"),
            new Setting("etc", Kind.PATH, "etc", "directory of configuration"),
            new Setting("log", Kind.PATH, "log", "directory of logs"),
            new Setting("db.url", Kind.TEXT, "", "JDBC URL; empty for the embedded database in data"),
            new Setting("db.user", Kind.TEXT, "", "user of the database"),
            new Setting("db.password", Kind.SECRET, "", "password of that user"),
            new Setting("readonly", Kind.TEXT, "false", "true refuses every change: a replica"),
            new Setting("root.secret", Kind.SECRET, "", "secret of root at first start and for bootstrap"),
            new Setting("seal.key", Kind.SECRET, "", "what stored secrets are sealed with; empty for data/seal.key"),
            new Setting("archive", Kind.SCRIPT, "true", "false: no class archive"),
            new Setting("console", Kind.SCRIPT, "", "level of what is logged to the console"),
            new Setting("java.opts", Kind.SCRIPT, "", "options of Java, instead of the default ones"));

    static Optional<Setting> find(String name) {
        return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
    }

    /** The known name that is most like this one, if one is like it. */
    static Optional<String> nearest(String name) {
        return Likeness.nearest(name, ALL.stream().map(Setting::name).toList());
    }

    /** The setting that a framework property stands for. */
    static Optional<Setting> ofProperty(String property) {
        return ALL.stream()
                .filter(setting -> setting.property().equals(property))
                .findFirst();
    }

    /** As a framework property: {@code latchkey.http.port}. */
    String property() {
        return "latchkey." + name;
    }

    /** In the environment: {@code LATCHKEY_HTTP_PORT}. */
    String variable() {
        return "LATCHKEY_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** On the command line: {@code --http-port}. */
    String flag() {
        return "--" + name.replace('.', '-');
    }

    static List<Setting> sorted() {
        return ALL.stream().sorted(Comparator.comparing(Setting::name)).toList();
    }
}
