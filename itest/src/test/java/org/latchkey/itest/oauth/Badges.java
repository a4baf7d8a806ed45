package org.latchkey.itest.oauth;

import static org.latchkey.itest.server.Server.await;

import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** A plugin that vouches for people whom the directory does not know: everybody whose name begins with {@code guest}. */
public final class Badges {

    private static final String PLUGIN = "org.example.badges";
    private static final String FILE = PLUGIN + ".jar";

    private final Server server;

    private Badges(Server server) {
        this.server = server;
    }

    /** Deploys it, for those who give a password as long as this one. */
    public static Badges deployed(Server server, String password) {
        server.deploy(
                PluginJar.named(PLUGIN)
                        .source("Badges", """
                                @Component
                                public final class Badges implements Authenticator {
                                    @Override public Verdict authenticate(Attempt attempt) {
                                        if (!attempt.id().startsWith("guest")) {
                                            return Verdict.NOT_MINE;
                                        }
                                        return attempt.secret().orElseThrow().length() == %d
                                                ? new Verdict.Accepted(new Principal(attempt.id(), "", Set.of(), Set.of()))
                                                : new Verdict.Rejected("another badge");
                                    }
                                }
                                """.formatted(password.length()))
                        .build(),
                FILE);
        await(60, () -> server.root().serves(PLUGIN));
        return new Badges(server);
    }

    /** Takes it out, and waits until it is gone. */
    public void takeOut() {
        server.undeploy(server.deploy().resolve(FILE));
        await(60, () -> !server.root().serves(PLUGIN));
    }
}
