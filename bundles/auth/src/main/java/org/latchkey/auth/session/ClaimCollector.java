package org.latchkey.auth.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.ClaimSource;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every claim source in order, each whatever became of the others, and merges what they say. What the directory
 * itself knows comes first, so that any source may say otherwise.
 */
final class ClaimCollector {

    private static final Logger log = LoggerFactory.getLogger(ClaimCollector.class);
    private static final String OPERATION = "claims";
    private static final String POINT = ClaimSource.class.getSimpleName();

    private final Extensions<ClaimSource> sources;
    private final ExtensionPoints points;
    private final Directory directory;
    private final Audit audit;

    ClaimCollector(ExtensionPoints points, Directory directory, Audit audit) {
        this.points = points;
        this.sources = points.of(ClaimSource.class);
        this.directory = directory;
        this.audit = audit;
    }

    /** @throws Refusal (UNAVAILABLE) if a source that the operator requires is missing */
    Claims claims(Caller caller, Principal principal) {
        Claims own = own(principal);
        try (Chain<ClaimSource> chain = sources.enter()) {
            chain.requireComplete();
            if (chain.links().isEmpty()) {
                return own;
            }
            Recording recording = Recording.begin(audit, caller, OPERATION, principal.id());
            ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
            try {
                return recording.during(() -> ask(chain, recording, principal, own));
            } finally {
                scope.close();
            }
        }
    }

    private static Claims ask(Chain<ClaimSource> chain, Recording recording, Principal principal, Claims own) {
        Claims all = own;
        long start = System.nanoTime();
        for (Link<ClaimSource> link : chain.links()) {
            recording.asks(POINT, link.info());
            all = all.and(ask(link, recording, principal));
        }
        recording.took(POINT, System.nanoTime() - start);
        return all;
    }

    private static Claims ask(Link<ClaimSource> link, Recording recording, Principal principal) {
        try {
            Claims claims = link.call(source -> source.claims(principal));
            recording.answered(claims == null ? Receipt.FAILED : Receipt.OK);
            return Optional.ofNullable(claims).orElse(Claims.NONE);
        } catch (Refusal refusal) {
            recording.answered(Receipt.refused(refusal));
        } catch (PluginFault failed) {
            recording.answered(Receipt.FAILED);
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(failed)
                    .log("a claim source failed: its claims are missing");
        }
        return Claims.NONE;
    }

    private Claims own(Principal principal) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        Optional<Entity> entity = directory.entity(principal.id());
        entity.ifPresent(known -> {
            for (MetaField field : MetaField.values()) {
                if (!known.meta(field).isEmpty()) {
                    extra.put(field.key(), List.of(known.meta(field)));
                }
            }
        });
        return new Claims(principal.groups(), extra);
    }
}
