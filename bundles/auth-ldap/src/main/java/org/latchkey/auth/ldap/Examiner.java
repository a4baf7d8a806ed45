package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Verdict;

/** Judges sign-ins by what the directory says. Whatever is ambiguous or unclear is a no. */
final class Examiner {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private final String source;
    private final Settings settings;
    private final Servers servers;
    private final Lines lines;
    private final Way way;
    private final Portrait portrait;
    private final KeptClaims kept = new KeptClaims(KEPT);

    /** @param source what the core calls this authenticator */
    Examiner(String source, Settings settings) {
        this.source = source;
        this.settings = settings;
        this.servers = new Servers(settings);
        this.lines = new Lines(servers, settings.connections());
        this.portrait = new Portrait(settings);
        Set<String> attributes = Portrait.attributes(settings);
        this.way = settings.userDn()
                .<Way>map(userDn -> new ByName(userDn, attributes))
                .orElseGet(() -> new BySearch(settings, attributes));
    }

    /** @throws Unavailable if the directory cannot be asked, or gives no answer that can be relied on */
    Verdict judge(Attempt attempt) {
        Secret secret = attempt.secret().orElseThrow();
        Optional<String> implausible = Plausible.fault(attempt.id(), secret);
        if (implausible.isPresent()) {
            return new Verdict.Rejected(implausible.get());
        }
        Deadline deadline = Deadline.in(settings.times().total());
        return lines.have(line -> judged(line, attempt.id(), secret, deadline), deadline);
    }

    private Verdict judged(Line line, String username, Secret secret, Deadline deadline) throws LDAPException {
        byte[] plain = secret.utf8();
        try {
            Finding finding = way.prove(line, username, plain, deadline);
            if (finding instanceof Finding.Proved proved) {
                return known(line, proved.entry(), username, deadline);
            }
            return ((Finding.Failed) finding).verdict();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Verdict known(Line line, SearchResultEntry entry, String username, Deadline deadline) throws LDAPException {
        Optional<String> fault = AccountState.fault(entry);
        if (fault.isPresent()) {
            return new Verdict.Rejected(fault.get());
        }
        Optional<String> id = portrait.id(entry, username);
        if (id.isEmpty()) {
            return new Verdict.Rejected("the attribute for the id has not just one value that can be one");
        }
        way.becomeReader(line, deadline);
        if (settings.checksId() && way.withId(line, id.get(), deadline).size() != 1) {
            return new Verdict.Rejected("not just one entry has this id");
        }
        Claims claims = portrait.claims(line, entry, id.get(), deadline);
        kept.keep(id.get(), entry.getDN(), claims);
        return new Verdict.Accepted(new Principal(id.get(), source, claims.memberOf(), Set.of()));
    }

    /**
     * What the directory says of somebody whom it vouched for; nothing of others, who may have the name by chance. Read
     * again if the sign-in was a while ago.
     *
     * @throws Unavailable if the directory cannot be asked, or they are not to be found any more
     */
    Claims claims(Principal principal) {
        if (!principal.source().equals(source)) {
            return Claims.NONE;
        }
        return kept.of(principal.id()).orElseGet(() -> readAgain(principal.id()));
    }

    private Claims readAgain(String id) {
        Deadline deadline = Deadline.in(settings.times().total());
        return lines.have(
                line -> {
                    List<SearchResultEntry> found = way.withId(line, id, deadline);
                    if (found.size() != 1 || !portrait.id(found.get(0), id).equals(Optional.of(id))) {
                        throw new Unavailable("not just one entry has this id");
                    }
                    return portrait.claims(line, found.get(0), id, deadline);
                },
                deadline);
    }

    /** What is wrong with the servers. */
    Optional<String> fault() {
        return servers.fault();
    }

    void close() {
        lines.close();
    }
}
