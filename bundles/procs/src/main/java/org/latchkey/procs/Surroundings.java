package org.latchkey.procs;

import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Sealing;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;

/** What procs need of the server. */
record Surroundings(
        Store store,
        Outbox outbox,
        Sealing sealing,
        Audit audit,
        Tokens tokens,
        Authentication authentication,
        ExtensionPoints points,
        Directory directory,
        Outbound outbound) {}
