package org.latchkey.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import java.util.List;
import java.util.Optional;

/**
 * One client's requests, one after the other, each told to whom it is for and answered in LDAP. Nothing is written
 * this way: add, modify, delete and rename are refused.
 */
final class Conversation extends LDAPListenerRequestHandler {

    private final Desk desk;
    private final Optional<LDAPListenerClientConnection> connection;
    private final Session session;

    /** With nobody; the library asks it for one with each client. */
    Conversation(Desk desk) {
        this(desk, Optional.empty(), new Session(Line.none()));
    }

    private Conversation(Desk desk, Optional<LDAPListenerClientConnection> connection, Session session) {
        this.desk = desk;
        this.connection = connection;
        this.session = session;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection with) {
        return new Conversation(desk, Optional.of(with), new Session((Line) with.getSocket()));
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        Outcome outcome = answer(controls, () -> {
            desk.signIn().bind(session, request);
            return Outcome.of(ResultCode.SUCCESS);
        });
        return new LDAPMessage(
                id, new BindResponseProtocolOp(outcome.code(), outcome.matched(), outcome.message(), List.of(), null));
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        Outcome outcome = answer(controls, () -> {
            boolean startsTls =
                    desk.certificate().isPresent() && !session.line().isEncrypted();
            return Outcome.of(ResultCode.SUCCESS)
                    .with(desk.search()
                            .search(session, request, paging(controls), startsTls, entry -> send(id, entry)));
        });
        return new LDAPMessage(
                id,
                new SearchResultDoneProtocolOp(outcome.code(), outcome.matched(), outcome.message(), List.of()),
                outcome.controls());
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        Outcome outcome = answer(
                controls,
                () -> Outcome.of(
                        desk.compare().compare(session, request) ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE));
        return new LDAPMessage(
                id, new CompareResponseProtocolOp(outcome.code(), outcome.matched(), outcome.message(), List.of()));
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        Outcome outcome = answer(controls, () -> switch (request.getOID()) {
            case StartTLSExtendedRequest.STARTTLS_REQUEST_OID -> startTls();
            case WhoAmIExtendedRequest.WHO_AM_I_REQUEST_OID -> whoAmI();
            default -> throw new LDAPException(ResultCode.PROTOCOL_ERROR, "There is no such extended operation.");
        });
        boolean startedTls = request.getOID().equals(StartTLSExtendedRequest.STARTTLS_REQUEST_OID);
        return new LDAPMessage(
                id,
                new ExtendedResponseProtocolOp(
                        outcome.code(),
                        outcome.matched(),
                        outcome.message(),
                        List.of(),
                        startedTls ? request.getOID() : null,
                        outcome.value().map(ASN1OctetString::new).orElse(null)));
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        Outcome no = refusedToWrite(controls);
        return new LDAPMessage(id, new AddResponseProtocolOp(no.code(), no.matched(), no.message(), List.of()));
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        Outcome no = refusedToWrite(controls);
        return new LDAPMessage(id, new ModifyResponseProtocolOp(no.code(), no.matched(), no.message(), List.of()));
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        Outcome no = refusedToWrite(controls);
        return new LDAPMessage(id, new DeleteResponseProtocolOp(no.code(), no.matched(), no.message(), List.of()));
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        Outcome no = refusedToWrite(controls);
        return new LDAPMessage(id, new ModifyDNResponseProtocolOp(no.code(), no.matched(), no.message(), List.of()));
    }

    private Outcome refusedToWrite(List<Control> controls) {
        return answer(controls, () -> {
            desk.doorkeeper().reader(session);
            throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "Over LDAP the directory is read, not changed.");
        });
    }

    /** Whoever was signed in before does not stay it: they may have been anybody's invention (RFC 4513, 3.1.5). */
    private Outcome startTls() throws LDAPException {
        if (session.line().isEncrypted()) {
            throw new LDAPException(ResultCode.OPERATIONS_ERROR, "TLS has begun already.");
        }
        Certificate certificate = desk.certificate()
                .orElseThrow(() -> new LDAPException(ResultCode.PROTOCOL_ERROR, "There is no TLS here."));
        session.signOut();
        session.line().encryptFromNextMessage(certificate.sockets());
        return Outcome.of(ResultCode.SUCCESS);
    }

    /** RFC 4532. */
    private Outcome whoAmI() throws LDAPException {
        if (session.holder().isPresent()) {
            desk.doorkeeper().reader(session);
        }
        return Outcome.of(ResultCode.SUCCESS)
                .with(session.holder().map(holder -> "dn:" + holder.dn()).orElse(""));
    }

    private void send(int id, Entry entry) throws LDAPException {
        connection.orElseThrow().sendSearchResultEntry(id, entry);
        session.line().alive();
    }

    private static Optional<SimplePagedResultsControl> paging(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                return Optional.of(
                        new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue()));
            }
        }
        return Optional.empty();
    }

    private Outcome answer(List<Control> controls, Outcome.Work work) {
        try {
            return Outcome.of(controls, work);
        } finally {
            session.line().answered();
        }
    }
}
