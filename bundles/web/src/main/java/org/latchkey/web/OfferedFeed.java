package org.latchkey.web;

import java.util.Optional;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Feed;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Link;
import org.latchkey.web.feed.ContainedFeed;
import org.latchkey.web.feed.Feeds;

/** The feed in an endpoint's answer, if there is one, which is closed in any case, also if the answer is never sent. */
final class OfferedFeed {

    private final Feeds feeds;
    private final Link<Endpoint> link;
    private volatile Optional<ContainedFeed> offered = Optional.empty();

    OfferedFeed(Feeds feeds, Link<Endpoint> link) {
        this.feeds = feeds;
        this.link = link;
    }

    /** The same answer, with a feed that is called as the endpoint is. */
    Response in(Response answer) {
        if (answer == null || answer.feed().isEmpty()) {
            return answer;
        }
        offered = answer.feed().map(feed -> feeds.contain(feed, link));
        return new Response(
                answer.status(),
                answer.headers(),
                answer.body(),
                answer.content(),
                offered.map(Feed.class::cast),
                answer.cookies(),
                answer.ancestors());
    }

    /** The same answer, whose feed has been told whom to wake; within the call of the endpoint, which answers for it. */
    Response begun(Response answer) {
        offered.ifPresent(ContainedFeed::begin);
        return answer;
    }

    /** Something else is answered. */
    void decline() {
        offered.ifPresent(Feed::close);
    }
}
