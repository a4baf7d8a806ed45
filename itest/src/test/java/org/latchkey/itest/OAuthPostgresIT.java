package org.latchkey.itest;

import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.rules.RuleChain;
import org.latchkey.itest.oauth.SingleUse;
import org.latchkey.itest.server.Postgres;
import org.latchkey.itest.server.Server;

/** What is good once, on two nodes that share a PostgreSQL. */
public class OAuthPostgresIT extends SingleUse {

    private static final Postgres postgres = new Postgres();
    private static final Server first = node();
    private static final Server second = node();

    @ClassRule
    public static final RuleChain all =
            RuleChain.outerRule(postgres).around(on(first)).around(on(second));

    public OAuthPostgresIT() {
        super(first, second);
    }

    private static Server on(Server node) {
        return node.with("LATCHKEY_DB_URL", postgres.url())
                .with("LATCHKEY_DB_USER", "postgres")
                .with("LATCHKEY_PUBLIC_URL", "http://127.0.0.1:" + first.port());
    }

    @BeforeClass
    public static void deploy() {
        prepare(first, second);
    }
}
