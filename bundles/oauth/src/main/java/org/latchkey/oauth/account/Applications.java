package org.latchkey.oauth.account;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.authorize.Consents;
import org.latchkey.oauth.authorize.Consents.Given;
import org.latchkey.oauth.authorize.Consents.Giver;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.token.Owners;

/**
 * The applications that somebody let in, with what each may do and the authorizations that live. Who takes a consent back ends
 * all that hangs on it: codes, refresh tokens, access tokens. Applications that the operator vouches for are there as long as
 * they have an authorization.
 */
public final class Applications implements AccountSection {

    private static final String REMOVE = "remove-application";
    private static final String END = "end-access";
    private static final String CLIENT = "client:";
    private static final String ACCESS = "access:";

    private final Consents consents;
    private final Authorizations authorizations;
    private final Owners owners;
    private final Clients clients;
    private final Clock clock;

    public Applications(Consents consents, Authorizations authorizations, Owners owners, Clients clients, Clock clock) {
        this.consents = consents;
        this.authorizations = authorizations;
        this.owners = owners;
        this.clients = clients;
        this.clock = clock;
    }

    private Giver giver(Visit visit) {
        String id = visit.session().principal().id();
        return new Giver(id, owners.standing(id).number());
    }

    /** Those of this very person, good or not. */
    private Stream<Live> authorizations(Visit visit) {
        Principal principal = visit.session().principal();
        long number = giver(visit).number();
        return authorizations.ofOwner(principal.id()).stream().filter(live -> {
            Owner owner = live.authorization().owner();
            return owner.source().equals(principal.source()) && owner.number() == number;
        });
    }

    @Override
    public Content content(Visit visit) {
        Map<String, Given> given = new TreeMap<>();
        consents.of(giver(visit)).forEach(each -> given.put(each.client(), each));
        Map<String, List<Live>> alive = new TreeMap<>();
        authorizations(visit).filter(this::isGood).forEach(live -> alive.computeIfAbsent(
                        live.authorization().client(), client -> new ArrayList<>())
                .add(live));
        Set<String> all = new TreeSet<>(given.keySet());
        all.addAll(alive.keySet());
        List<Row> rows = all.stream()
                .map(client ->
                        row(client, Optional.ofNullable(given.get(client)), alive.getOrDefault(client, List.of())))
                .toList();
        return new Content(Text.key("account.applications"), rows, List.of());
    }

    /** A code that nobody has redeemed yet is gone in a minute. */
    private boolean isGood(Live live) {
        Authorization authorization = live.authorization();
        return authorization.redeemed()
                && authorization.expires().isAfter(clock.instant())
                && owners.lasts(authorization);
    }

    private Row row(String client, Optional<Given> given, List<Live> alive) {
        List<Detail> details = new ArrayList<>();
        given.ifPresent(each -> details.add(Detail.of("account.may", allowed(each.allowed()))));
        given.ifPresent(each -> details.add(Detail.at("account.allowed", each.since())));
        return new Row(
                CLIENT + client,
                Text.of(clients.find(client).map(found -> found.client().name()).orElse(client)),
                details,
                List.of(new Action(REMOVE, Text.key("account.applications.remove"))),
                alive.stream()
                        .sorted(Comparator.comparing(
                                        (Live live) -> live.authorization().issued())
                                .reversed())
                        .map(Applications::row)
                        .toList());
    }

    private static Row row(Live live) {
        Authorization authorization = live.authorization();
        return new Row(
                ACCESS + live.key(),
                Text.key(authorization.offline() ? "account.access.offline" : "account.access.session"),
                List.of(
                        Detail.of("account.may", allowed(authorization.scope())),
                        Detail.at("account.since", authorization.issued()),
                        Detail.at("account.until", authorization.expires())),
                List.of(new Action(END, Text.key("account.access.end"))));
    }

    /** Scopes in words, as on the page where they were allowed; claims by their names. */
    private static List<Text> allowed(Set<String> allowed) {
        return new TreeSet<>(allowed)
                .stream()
                        .filter(each -> !each.equals("sign-in"))
                        .map(Applications::words)
                        .toList();
    }

    private static Text words(String allowed) {
        if (Settings.STANDARD.contains(allowed)) {
            return Text.key("scope." + allowed);
        }
        return Text.of(allowed.startsWith("claim:") ? allowed.substring("claim:".length()) : allowed);
    }

    @Override
    public boolean act(Visit visit, String row, String action) {
        if (action.equals(REMOVE) && row.startsWith(CLIENT)) {
            return remove(visit, row.substring(CLIENT.length()));
        }
        if (action.equals(END) && row.startsWith(ACCESS)) {
            String key = row.substring(ACCESS.length());
            return authorizations(visit)
                    .filter(live -> live.key().equals(key))
                    .anyMatch(live -> authorizations.revoke(live, Authorizations.By.OWNER));
        }
        return false;
    }

    /** The consent first, so that nothing new comes of it while the rest is ended. */
    private boolean remove(Visit visit, String client) {
        boolean wasAllowed = consents.revoke(giver(visit), client);
        long ended = authorizations(visit)
                .filter(live -> live.authorization().client().equals(client))
                .filter(live -> authorizations.revoke(live, Authorizations.By.OWNER))
                .count();
        return wasAllowed || ended > 0;
    }
}
