package org.latchkey.kernel.notice;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives notices to the outbox. Looks for it and for the store each time: the kernel is there before they are. */
final class Post {

    private static final Logger log = LoggerFactory.getLogger(Post.class);

    private final BundleContext context;

    Post(BundleContext context) {
        this.context = context;
    }

    /** Says whether the outbox has the notice now; if there is none, or the store refuses, it has not. */
    boolean takes(Notice notice) {
        return with(Outbox.class, outbox -> with(Store.class, store -> isStored(notice, outbox, store)));
    }

    private static boolean isStored(Notice notice, Outbox outbox, Store store) {
        try {
            List<Write> writes = outbox.enclose(List.of(notice));
            if (!writes.isEmpty()) {
                store.commit(writes);
                outbox.stored();
            }
            return true;
        } catch (Refusal | Store.Conflict refused) {
            log.atWarn()
                    .addKeyValue("notice", notice.type())
                    .setCause(refused)
                    .log("a notice could not be stored; it is delivered once, without");
            return false;
        }
    }

    /** What the use of a service answers, or no if there is no such service. */
    private <S> boolean with(Class<S> type, Function<S, Boolean> use) {
        ServiceReference<S> reference = context.getServiceReference(type);
        if (reference == null) {
            return false;
        }
        try {
            return Optional.ofNullable(context.getService(reference)).map(use).orElse(false);
        } finally {
            context.ungetService(reference);
        }
    }
}
