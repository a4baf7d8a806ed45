package org.latchkey.oauth;

import java.io.IOException;
import java.net.URI;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.oauth.client.Documents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches what clients publish through the server's guard; whoever registered the client counts as somebody outside. */
final class FetchedDocuments implements Documents {

    private static final Logger log = LoggerFactory.getLogger(FetchedDocuments.class);

    private final Outbound.Lane lane;

    FetchedDocuments(Outbound.Lane lane) {
        this.lane = lane;
    }

    @Override
    public String fetch(URI uri) throws IOException {
        Outbound.Result result = lane.call(Call.get(uri.toString(), NamedBy.REQUEST));
        if (result instanceof Outbound.Answer answer && answer.status() == 200) {
            return answer.text();
        }
        log.atInfo()
                .addKeyValue("host", uri.getHost())
                .addKeyValue("result", result)
                .log("a document is not fetched");
        throw new IOException("It cannot be fetched."); // why tells of the network, and is in the log
    }
}
