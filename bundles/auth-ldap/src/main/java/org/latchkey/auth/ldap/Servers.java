package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/**
 * The directory servers, the first that answers first. A connection is handed out only when it is as safe as the settings
 * ask for: whoever takes StartTLS away gets no secret (RFC 4513, section 3.1.1), nor does a host that the certificate
 * does not name (3.1.3). Referrals are never followed: they would take the secret to a host that nobody configured.
 */
final class Servers {

    private final Settings settings;
    private final List<Server> servers;

    Servers(Settings settings) {
        this.settings = settings;
        this.servers = settings.addresses().stream()
                .map(address -> new Server(address, settings.times().total()))
                .toList();
    }

    int number() {
        return servers.size();
    }

    /** What is wrong, if none can be used. */
    Optional<String> fault() {
        return servers.stream().allMatch(server -> server.fault().isPresent())
                ? Optional.of(faults())
                : Optional.empty();
    }

    private String faults() {
        return servers.stream().flatMap(server -> server.fault().stream()).collect(Collectors.joining("; "));
    }

    /** @throws Unavailable if none can be reached, or all have been found unreachable a moment ago */
    Line open(Deadline deadline) {
        for (Server server : servers) {
            if (server.isDue()) {
                try {
                    LDAPConnection connection = connect(server.address(), deadline);
                    server.answered();
                    return new Line(connection, server, settings);
                } catch (LDAPException down) {
                    server.failed(
                            down.getResultCode() + ", " + down.getMessage(),
                            settings.times().retry());
                }
            }
        }
        throw new Unavailable("no directory server can be used: " + faults());
    }

    private LDAPConnection connect(Address address, Deadline deadline) throws LDAPException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        options.setAbandonOnTimeout(true);
        options.setUseSynchronousMode(false);
        options.setConnectTimeoutMillis(deadline.millis(settings.times().connect()));
        options.setResponseTimeoutMillis(deadline.millis(settings.times().connect()));
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        TimedSockets sockets = new TimedSockets(
                address.encrypted() ? settings.sockets() : SocketFactory.getDefault(),
                options.getConnectTimeoutMillis());
        LDAPConnection connection = new LDAPConnection(sockets, options);
        boolean safe = false;
        try {
            connection.connect(address.host(), address.port(), options.getConnectTimeoutMillis());
            sockets.stands();
            if (!address.encrypted() && settings.startTls()) {
                startTls(connection);
            }
            safe = true;
            return connection;
        } catch (SocketException gone) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, "the connection was lost", gone);
        } finally {
            if (!safe) {
                connection.closeWithoutUnbind();
            }
        }
    }

    private void startTls(LDAPConnection connection) throws LDAPException {
        try {
            ExtendedResult answer =
                    connection.processExtendedOperation(new StartTLSExtendedRequest(settings.sockets()));
            if (answer.getResultCode() != ResultCode.SUCCESS || connection.getSSLSession() == null) {
                throw new LDAPException(answer.getResultCode(), "it was not granted");
            }
        } catch (LDAPException refused) {
            throw new LDAPException(
                    ResultCode.CONFIDENTIALITY_REQUIRED, "no StartTLS: " + refused.getMessage(), refused);
        }
    }
}
