package org.latchkey.itest;

import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.latchkey.itest.oauth.SingleUse;
import org.latchkey.itest.server.Server;

/** What is good once, on the embedded database. */
public class OAuthOnceIT extends SingleUse {

    @ClassRule
    public static final Server server = node();

    public OAuthOnceIT() {
        super(server);
    }

    @BeforeClass
    public static void deploy() {
        prepare(server);
    }
}
