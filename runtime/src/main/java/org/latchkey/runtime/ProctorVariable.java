package org.latchkey.runtime;

import java.util.List;
import java.util.Optional;

/**
 * A variable of Proctor's server or of one of its plugins that is understood here, so that an environment made for them serves.
 *
 * @param kind how its value is read and shown
 * @param target which setting of which configuration it gives, as {@code PID/key}; empty if it gives none by itself
 * @param meaning for people, in one line
 */
record ProctorVariable(String name, Kind kind, String target, String meaning) {

    enum Kind {
        TEXT,
        /** Never shown. */
        SECRET,
        /** True or false, in the words that Proctor takes. */
        SWITCH,
        /** Names with commas between. */
        LIST,
        /** Names of plugins, or what they export, which are looked up together. */
        PLUGINS
    }

    static final String AUTH_BINARY = "PROCTOR_AUTH_PLUGIN_BINARY";
    static final String AUTH_EXPORTED = "PROCTOR_AUTH_PLUGIN_EXPORTED";
    static final String NOTIFICATION_BINARY = "PROCTOR_NOTIFICATION_PLUGIN_BINARY";
    static final String NOTIFICATION_EXPORTED = "PROCTOR_NOTIFICATION_PLUGIN_EXPORTED";
    static final String ADMIN_GROUP = "PROCTOR_AUTH_REQUIRED_ADMIN_GROUP";

    /** What Proctor's documents call the former; its code never read it. */
    static final String DOCUMENTED_ADMIN_GROUP = "PROCTOR_REQUIRED_ADMIN_GROUP";

    static final String AUTHENTICATORS = "latchkey.procs/authenticators";

    static final List<ProctorVariable> ALL = List.of(
            new ProctorVariable(
                    "PROCTOR_AUTH_ENABLED",
                    Kind.SWITCH,
                    "latchkey.procs/authEnabled",
                    "whether people have to prove who they are; here the default is true"),
            new ProctorVariable(
                    AUTH_BINARY,
                    Kind.PLUGINS,
                    AUTHENTICATORS,
                    "the one plugin that judges Email-Id and Access-Token; all there are if it is not set"),
            new ProctorVariable(
                    AUTH_EXPORTED, Kind.PLUGINS, "", "its component; Auth, the default, is the only one it has"),
            new ProctorVariable(
                    ADMIN_GROUP,
                    Kind.LIST,
                    "latchkey.procs/adminGroups",
                    "whose members change procs and secrets, with commas between"),
            new ProctorVariable(
                    DOCUMENTED_ADMIN_GROUP,
                    Kind.LIST,
                    "",
                    "the same by mistake of Proctor's documents, with a warning; counts where the right one is not set"),
            new ProctorVariable(
                    "PROCTOR_MIN_CLIENT_VERSION",
                    Kind.TEXT,
                    "latchkey.procs/minClientVersion",
                    "the oldest Client-Version that is served"),
            new ProctorVariable(
                    NOTIFICATION_BINARY,
                    Kind.PLUGINS,
                    "",
                    "plugins that tell others, with commas between; looked up and checked, for every notifier in deploy/ is told"),
            new ProctorVariable(
                    NOTIFICATION_EXPORTED, Kind.PLUGINS, "", "their components, as many and in the same order"),
            new ProctorVariable("GATE_PLUGIN_PROTOCOL", Kind.TEXT, "latchkey.auth.gate/protocol", "https or http"),
            new ProctorVariable(
                    "GATE_PLUGIN_HOST", Kind.TEXT, "latchkey.auth.gate/host", "Gate's host; here there is no default"),
            new ProctorVariable(
                    "GATE_PLUGIN_PROFILE_PATH",
                    Kind.TEXT,
                    "latchkey.auth.gate/profilePath",
                    "where Gate tells who somebody is"),
            new ProctorVariable(
                    "SLACK_PLUGIN_URL",
                    Kind.SECRET,
                    "latchkey.notify.slack~proctor/.url",
                    "the incoming webhook of Slack, whole; here there is no default"));

    static Optional<ProctorVariable> find(String name) {
        return ALL.stream().filter(each -> each.name.equals(name)).findFirst();
    }

    /** Whether a name is one that Proctor's server or its plugins take. */
    static boolean isLike(String variable) {
        return variable.startsWith("PROCTOR_")
                || variable.startsWith("GATE_PLUGIN_")
                || variable.startsWith("SLACK_PLUGIN_");
    }
}
