package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.ldap.TestLdap.ADA;
import static org.latchkey.ldap.TestLdap.BASE;
import static org.latchkey.ldap.TestLdap.READER;
import static org.latchkey.ldap.TestLdap.SECRET;

import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Attack case L-17: what can be tried with a bind. */
public class SignInTest {

    @Rule
    public final TestLdap ldap = new TestLdap();

    @Test
    public void theRightSecretSignsIn() throws LDAPException {
        LDAPConnection client = ldap.client(ADA);
        assertThat(whoAmI(client)).isEqualTo("dn:" + ADA);
        assertThat(ldap.attempts).hasSize(1);
        assertThat(ldap.attempts.get(0).id()).isEqualTo("ada");
        assertThat(ldap.attempts.get(0).caller().address()).isEqualTo("127.0.0.1");
        assertThat(ldap.attempts.get(0).caller().requestId()).hasSize(32);
    }

    @Test
    public void dnsAreWrittenInManyWays() throws LDAPException {
        assertThat(whoAmI(ldap.client("UID=ada, OU=Entities, DC=Example, DC=org")))
                .isEqualTo("dn:" + ADA);
        assertThat(whoAmI(ldap.client("uid=\\61da,ou=entities," + BASE))).isEqualTo("dn:" + ADA);
    }

    @Test
    public void wrongAndUnknownLookTheSame() throws LDAPException {
        LDAPConnection client = ldap.client();
        String wrong = refusal(client, new SimpleBindRequest(ADA, "wrong"), ResultCode.INVALID_CREDENTIALS);
        String unknown = refusal(
                client,
                new SimpleBindRequest("uid=nobody,ou=entities," + BASE, "wrong"),
                ResultCode.INVALID_CREDENTIALS);
        String noEntity = refusal(
                client, new SimpleBindRequest("cn=staff,ou=groups," + BASE, "wrong"), ResultCode.INVALID_CREDENTIALS);
        assertThat(wrong).isEqualTo(unknown).isEqualTo(noEntity);
    }

    @Test
    public void attackL17_aNameWithoutASecretIsNoSignIn() throws LDAPException {
        LDAPConnection client = ldap.client(READER);
        client.getConnectionOptions().setBindWithDNRequiresPassword(false);
        refusal(client, new SimpleBindRequest(ADA, ""), ResultCode.UNWILLING_TO_PERFORM);
        assertThat(whoAmI(client)).as("who was signed in before").isEmpty();
        assertThat(ldap.attempts).as("only the first").hasSize(1);
    }

    @Test
    public void attackL17_nobodyMayBindAndGainsNothing() throws LDAPException {
        LDAPConnection client = ldap.client();
        client.bind("", "");
        assertThat(whoAmI(client)).isEmpty();
        assertThatThrownBy(() -> client.search(BASE, SearchScope.SUB, "(uid=*)"))
                .isInstanceOfSatisfying(LDAPException.class, no -> assertThat(no.getResultCode())
                        .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
    }

    @Test
    public void attackL17_whatLooksLikeAFilterIsAName() throws LDAPException {
        for (String name :
                List.of("*", "*)(uid=*", "ada)(uid=*", "\u0000", "ada\u0000", " ada", "ad\u0430", "ada,ou=x")) {
            LDAPConnection client = ldap.client();
            String dn = new DN(new RDN("uid", name), new DN("ou=entities," + BASE)).toString();
            refusal(client, new SimpleBindRequest(dn, SECRET), ResultCode.INVALID_CREDENTIALS);
            assertThat(ldap.attempts.get(ldap.attempts.size() - 1).id()).isEqualTo(name);
        }
        refusal(
                ldap.client(),
                new SimpleBindRequest("uid=\\2a,ou=entities," + BASE, SECRET),
                ResultCode.INVALID_CREDENTIALS);
    }

    @Test
    public void attackL17_noOtherDnIsTakenForAnEntity() throws LDAPException {
        for (String dn : List.of(
                "uid=ada",
                "uid=ada,ou=groups," + BASE,
                "cn=ada,ou=entities," + BASE,
                "uid=ada+cn=ada,ou=entities," + BASE,
                "uid=ada,ou=entities,dc=example,dc=com",
                "uid=ada,uid=ada,ou=entities," + BASE,
                "uid=ada,ou=entities,ou=entities," + BASE)) {
            refusal(ldap.client(), new SimpleBindRequest(dn, SECRET), ResultCode.INVALID_CREDENTIALS);
        }
        refusal(ldap.client(), new SimpleBindRequest("no dn at all", SECRET), ResultCode.INVALID_DN_SYNTAX);
        assertThat(ldap.attempts).isEmpty();
    }

    @Test
    public void aSecretThatIsNoTextIsWrong() throws LDAPException {
        byte[] noText = {(byte) 0xff, (byte) 0xfe};
        refusal(ldap.client(), new SimpleBindRequest(ADA, noText), ResultCode.INVALID_CREDENTIALS);
    }

    @Test
    public void otherKindsOfBindAreRefused() throws LDAPException {
        refusal(ldap.client(), new PLAINBindRequest("u:ada", SECRET), ResultCode.AUTH_METHOD_NOT_SUPPORTED);
        Session session = new Session(Line.none());
        SignIn nobody = new SignIn(null, null, null, new Tree(BASE));
        BindRequestProtocolOp v2 = BindRequestProtocolOp.decodeProtocolOp(new ASN1Sequence(
                (byte) 0x60, new ASN1Integer(2), new ASN1OctetString(ADA), new ASN1OctetString((byte) 0x80, SECRET)));
        assertThatThrownBy(() -> nobody.bind(session, v2))
                .isInstanceOfSatisfying(LDAPException.class, no -> assertThat(no.getResultCode())
                        .isEqualTo(ResultCode.PROTOCOL_ERROR));
    }

    @Test
    public void attackL17_aSecretInTheClearIsRefusedWhereOthersCanListen() {
        Session exposed = new Session(Line.none());
        SignIn nobody = new SignIn(null, null, null, new Tree(BASE));
        assertThatThrownBy(() -> nobody.bind(exposed, new BindRequestProtocolOp(ADA, SECRET)))
                .isInstanceOfSatisfying(LDAPException.class, no -> assertThat(no.getResultCode())
                        .isEqualTo(ResultCode.CONFIDENTIALITY_REQUIRED));
    }

    @Test
    public void aFailedBindEndsTheSessionBefore() throws LDAPException {
        LDAPConnection client = ldap.client(READER);
        refusal(client, new SimpleBindRequest(ADA, "wrong"), ResultCode.INVALID_CREDENTIALS);
        assertThat(whoAmI(client)).isEmpty();
    }

    private static String whoAmI(LDAPConnection client) throws LDAPException {
        return ((WhoAmIExtendedResult) client.processExtendedOperation(new WhoAmIExtendedRequest()))
                .getAuthorizationID();
    }

    /** What it is told; never where else to go. */
    private static String refusal(LDAPConnection client, BindRequest request, ResultCode code) {
        try {
            client.bind(request);
            throw new AssertionError("bound");
        } catch (LDAPException no) {
            assertThat(no.getResultCode()).isEqualTo(code);
            assertThat(no.getReferralURLs()).isEmpty();
            return String.valueOf(no.getDiagnosticMessage());
        }
    }
}
