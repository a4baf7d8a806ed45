package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to a directory server, used by one sign-in at a time. It knows as whom it is bound. */
final class Line {

    /** How long a server that refuses the account is left alone: asking again and again would lock the account. */
    static final Duration REFUSED = Duration.ofMinutes(1);

    /** It is them, but they may do nothing but change their secret (draft-vchu-ldap-pwd-policy). */
    private static final String MUST_CHANGE = "2.16.840.1.113730.3.4.4";

    /** How Active Directory says why it refuses. */
    private static final Pattern DETAIL = Pattern.compile("\\bdata ([0-9a-fA-F]{1,8})\\b");

    /** The answers that are about the one who signs in. All others are about the server, and prove nothing. */
    private static final Set<ResultCode> NO = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.NAMING_VIOLATION);

    private final LDAPConnection connection;
    private final Server server;
    private final Settings settings;
    private final long opened = System.nanoTime();
    private boolean asAccount;

    Line(LDAPConnection connection, Server server, Settings settings) {
        this.connection = connection;
        this.server = server;
        this.settings = settings;
    }

    /**
     * Lets what follows happen as the account that searches.
     *
     * @throws Unavailable if the server refuses it
     */
    void becomeAccount(Deadline deadline) throws LDAPException {
        if (asAccount) {
            return;
        }
        SimpleBindRequest request = settings.account().bind();
        request.setResponseTimeoutMillis(deadline.millis(settings.times().response()));
        try {
            connection.bind(request);
            asAccount = true;
        } catch (LDAPException refused) {
            if (!refused.getResultCode().isConnectionUsable()) {
                throw refused;
            }
            server.failed("refuses " + settings.account() + ": " + refused.getResultCode(), REFUSED);
            throw new Unavailable("the directory server refuses the account that searches");
        }
    }

    /**
     * Asks whether this is the secret of that entry; what follows happens as it.
     *
     * @param secret is wiped
     * @return why not, for the audit log; nothing if it is
     */
    Optional<String> refusal(String dn, byte[] secret, Deadline deadline) throws LDAPException {
        asAccount = false;
        try {
            SimpleBindRequest request = new SimpleBindRequest(dn, secret);
            request.setResponseTimeoutMillis(deadline.millis(settings.times().response()));
            BindResult answer = connection.bind(request);
            if (answer.getResultCode() != ResultCode.SUCCESS) {
                throw new LDAPException(answer.getResultCode());
            }
            return answer.getResponseControl(MUST_CHANGE) == null
                    ? Optional.empty()
                    : Optional.of("the secret has expired");
        } catch (LDAPException refused) {
            if (!NO.contains(refused.getResultCode())) {
                throw refused;
            }
            Matcher detail = DETAIL.matcher(String.valueOf(refused.getDiagnosticMessage()));
            return Optional.of("bind refused: " + refused.getResultCode().getName()
                    + (detail.find() ? ", data " + detail.group(1) : ""));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The entries under the base that match; if there are more than {@code most}, so many and one more. */
    List<SearchResultEntry> search(
            String base, Filter filter, int most, Collection<String> attributes, Deadline deadline)
            throws LDAPException {
        return entries(request(base, SearchScope.SUB, filter, attributes), most + 1, deadline);
    }

    /** The entry of that name, if there is one that may be read. */
    Optional<SearchResultEntry> read(String dn, Collection<String> attributes, Deadline deadline) throws LDAPException {
        Filter any = Filter.createPresenceFilter("objectClass");
        return entries(request(dn, SearchScope.BASE, any, attributes), 1, deadline).stream()
                .findFirst();
    }

    private static SearchRequest request(String dn, SearchScope scope, Filter filter, Collection<String> attributes) {
        return new SearchRequest(dn, scope, filter, attributes.toArray(String[]::new));
    }

    private List<SearchResultEntry> entries(SearchRequest request, int most, Deadline deadline) throws LDAPException {
        int millis = deadline.millis(settings.times().response());
        request.setSizeLimit(most);
        request.setTimeLimitSeconds(Math.max(1, millis / 1000));
        request.setResponseTimeoutMillis(millis);
        try {
            return connection.search(request).getSearchEntries();
        } catch (LDAPSearchException limited) {
            if (limited.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED && limited.getEntryCount() >= most) {
                return limited.getSearchEntries();
            }
            throw limited;
        }
    }

    /** Whether it can serve another sign-in: firewalls silently forget connections nobody uses. */
    boolean isUsable(Duration age) {
        return connection.isConnected() && System.nanoTime() - opened < age.toNanos();
    }

    void failed(LDAPException why) {
        server.failed(
                why.getResultCode() + ", " + why.getMessage(), settings.times().retry());
    }

    void close() {
        connection.close();
    }
}
