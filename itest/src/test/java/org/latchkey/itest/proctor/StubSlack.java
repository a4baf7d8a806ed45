package org.latchkey.itest.proctor;

import java.util.List;

/** Slack, as far as an incoming webhook goes. */
public final class StubSlack extends Stub {

    /** What nobody but Slack and who posts there may know. */
    public static final String SECRET = "T0SECRET/B0SECRET/hush-of-the-slack-hook";

    private static final String PATH = "/services/" + SECRET;

    /** Of the incoming webhook, for {@code .url} or {@code SLACK_PLUGIN_URL}. */
    public String url() {
        return base() + PATH;
    }

    /** The messages that were taken, in order, as JSON. */
    public List<String> messages() {
        return taken().stream()
                .filter(each -> each.path().equals(PATH))
                .map(Posted::body)
                .toList();
    }

    /** How often something was posted, taken or not. */
    public int tries() {
        return posted().size();
    }
}
