package org.latchkey.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.service.Directory;
import org.latchkey.ldap.Place.Kind;

/** The search operation (RFC 4511, 4.5), with pages (RFC 2696). Gives no references: there is no other server. */
final class Search {

    private final Settings settings;
    private final Directory directory;
    private final Tree tree;
    private final Vocabulary vocabulary;
    private final Doorkeeper doorkeeper;

    /** Who gets the entries. */
    interface Client {
        void send(Entry entry) throws LDAPException;
    }

    Search(Settings settings, Directory directory, Tree tree, Vocabulary vocabulary, Doorkeeper doorkeeper) {
        this.settings = settings;
        this.directory = directory;
        this.tree = tree;
        this.vocabulary = vocabulary;
        this.doorkeeper = doorkeeper;
    }

    /**
     * Sends what is found.
     *
     * @param startsTls whether a client could begin TLS now
     * @return the controls of the result
     */
    List<Control> search(
            Session session,
            SearchRequestProtocolOp request,
            Optional<SimplePagedResultsControl> paging,
            boolean startsTls,
            Client client)
            throws LDAPException {
        Place place = tree.locate(request.getBaseDN());
        Question question = new Question(request.getFilter(), tree, vocabulary);
        Wanted wanted = new Wanted(request.getAttributes(), request.typesOnly(), vocabulary);
        if (place.is(Kind.ROOT) && request.getScope().equals(SearchScope.BASE)) {
            sendOne(RootEntry.of(tree, startsTls), question, wanted, client);
            return List.of();
        }
        Reader reader = doorkeeper.reader(session);
        if (place.is(Kind.SUBSCHEMA)) {
            if (!request.getScope().equals(SearchScope.ONE)) {
                sendOne(vocabulary.published(), question, wanted, client);
            }
            return List.of();
        }
        Matches begun = begin(place, request, question, wanted, reader);
        return paging.isEmpty()
                ? all(begun, request, wanted, client)
                : page(session, begun, request, question, wanted, reader, paging.get(), client);
    }

    private static void sendOne(Entry entry, Question question, Wanted wanted, Client client) throws LDAPException {
        if (question.matches(entry)) {
            client.send(wanted.of(entry));
        }
    }

    private Matches begin(Place place, SearchRequestProtocolOp request, Question question, Wanted wanted, Reader reader)
            throws LDAPException {
        Entries entries = new Entries(
                directory,
                tree,
                settings.attributes(),
                reader,
                name -> wanted.has(name) || question.attributes().contains(name));
        Candidates candidates = new Candidates(directory, tree, reader, entries);
        if (candidates.at(place).isEmpty()) {
            throw nothing(request.getBaseDN());
        }
        return new Matches(candidates.in(place, request.getScope(), question), question);
    }

    private LDAPException nothing(String dn) throws LDAPException {
        return new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no such entry.", tree.above(dn), null);
    }

    private List<Control> all(Matches matches, SearchRequestProtocolOp request, Wanted wanted, Client client)
            throws LDAPException {
        long deadline = deadline(request);
        int most = most(request);
        for (int sent = 0; matches.hasNext(deadline); sent++) {
            if (sent == most) {
                throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED, "There are more entries than this.");
            }
            client.send(wanted.of(matches.next()));
        }
        return List.of();
    }

    /** A size limit counts for a page; the client counts the rest. */
    private List<Control> page(
            Session session,
            Matches begun,
            SearchRequestProtocolOp request,
            Question question,
            Wanted wanted,
            Reader reader,
            SimplePagedResultsControl paging,
            Client client)
            throws LDAPException {
        String what = request.getBaseDN() + "\n" + request.getScope() + "\n" + question.filter();
        Matches matches = paging.moreResultsToReturn() ? resumed(session, what, reader, paging) : begun;
        if (paging.getSize() == 0) {
            return List.of(new SimplePagedResultsControl(0, new ASN1OctetString(), false));
        }
        long deadline = deadline(request);
        int most = Math.min(paging.getSize(), most(request));
        for (int sent = 0; sent < most && matches.hasNext(deadline); sent++) {
            client.send(wanted.of(matches.next()));
        }
        String cookie = matches.hasNext(deadline) ? session.keep(new Session.Paged(what, reader, matches)) : "";
        return List.of(new SimplePagedResultsControl(0, new ASN1OctetString(cookie), false));
    }

    private static Matches resumed(Session session, String what, Reader reader, SimplePagedResultsControl paging)
            throws LDAPException {
        Optional<Session.Paged> kept = session.take(paging.getCookie().stringValue());
        return kept.filter(
                        search -> search.what().equals(what) && search.reader().equals(reader))
                .map(Session.Paged::matches)
                .orElseThrow(() -> new LDAPException(
                        ResultCode.UNWILLING_TO_PERFORM, "There is no such page any more; begin the search again."));
    }

    private int most(SearchRequestProtocolOp request) {
        int asked = request.getSizeLimit();
        return asked > 0 ? Math.min(asked, settings.sizeLimit()) : settings.sizeLimit();
    }

    private long deadline(SearchRequestProtocolOp request) {
        long most = settings.timeLimit().toSeconds();
        long asked = request.getTimeLimit();
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(asked > 0 ? Math.min(asked, most) : most);
    }
}
