package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.ldap.TestLdap.ADA;
import static org.latchkey.ldap.TestLdap.BASE;
import static org.latchkey.ldap.TestLdap.READER;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;

/** Attack case A-09, and who sees what. */
public class DoorkeeperTest {

    @Rule
    public final TestLdap ldap = new TestLdap();

    @Test
    public void attackA09_nobodySearchesAndComparesNothing() throws LDAPException {
        LDAPConnection nobody = ldap.client();
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> all(nobody));
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> nobody.compare(ADA, "uid", "ada"));
        assertThat(nobody.getRootDSE()).isNotNull();
    }

    @Test
    public void whoHoldsNoCapabilitySeesThemselvesAndTheirGroups() throws LDAPException {
        LDAPConnection ada = ldap.client(ADA);
        assertThat(all(ada))
                .containsExactlyInAnyOrder(
                        BASE,
                        "ou=entities," + BASE,
                        "ou=groups," + BASE,
                        ADA,
                        "cn=staff,ou=groups," + BASE,
                        "cn=devs,ou=groups," + BASE);
        refused(
                ResultCode.NO_SUCH_OBJECT,
                () -> ada.search("uid=bob,ou=entities," + BASE, SearchScope.BASE, "(uid=*)"));
        refused(ResultCode.NO_SUCH_OBJECT, () -> ada.compare("uid=bob,ou=entities," + BASE, "uid", "bob"));
    }

    @Test
    public void theOthersInAGroupAreNotShownToEveryMember() throws LDAPException {
        LDAPConnection ada = ldap.client(ADA);
        SearchResultEntry staff = ada.searchForEntry(BASE, SearchScope.SUB, "(cn=staff)");
        assertThat(staff.getAttributeValues("member")).containsExactly(ADA);
        assertThat(staff.getAttributeValues("memberUid")).containsExactly("ada");
        assertThat(ada.search(BASE, SearchScope.SUB, "(memberUid=bob)").getEntryCount())
                .isZero();
    }

    @Test
    public void whoIsLockedMeanwhileIsRefused() throws LDAPException {
        LDAPConnection reader = ldap.client(READER);
        assertThat(all(reader)).hasSize(9);
        ldap.directory.put(ldap.directory.entities.get("reader").withLocked(true));
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> all(reader));
        ldap.directory.put(ldap.directory.entities.get("reader").withLocked(false));
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> all(reader));
        reader.bind(READER, TestLdap.SECRET);
        assertThat(all(reader)).hasSize(9);
    }

    @Test
    public void whoIsDestroyedMeanwhileIsRefusedAlsoIfSomebodyElseGetsTheName() throws LDAPException {
        LDAPConnection reader = ldap.client(READER);
        Entity other = ldap.directory.entities.get("reader").withNumber(77);
        ldap.directory.entities.remove("reader");
        ldap.directory.put(other);
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> all(reader));
    }

    @Test
    public void whoLosesTheirCapabilitiesSeesNoOthersAnyMore() throws LDAPException {
        LDAPConnection reader = ldap.client(READER);
        ldap.directory.put(ldap.directory.entities.get("reader").withCapabilities(Set.of()));
        assertThat(all(reader)).doesNotContain(ADA).contains(READER);
    }

    @Test
    public void capabilitiesOfAGroupCount() throws LDAPException {
        ldap.directory.put(ldap.directory.groups.get("devs").withCapabilities(Set.of(Capability.CREATE_GROUP)));
        assertThat(all(ldap.client(ADA))).hasSize(9);
    }

    @Test
    public void comparisonsAnswerWhatASearchWould() throws LDAPException {
        LDAPConnection reader = ldap.client(READER);
        assertThat(reader.compare(ADA, "cn", "Ada").compareMatched()).isTrue();
        assertThat(reader.compare(ADA, "sn", "LOVELACE").compareMatched()).isTrue();
        assertThat(reader.compare(ADA, "cn", "ada").compareMatched()).isFalse();
        assertThat(reader.compare(ADA, "memberOf", "CN=staff,ou=groups," + BASE).compareMatched())
                .isTrue();
        refused(ResultCode.NO_SUCH_ATTRIBUTE, () -> reader.compare(ADA, "mail", "x"));
    }

    @Test
    public void attackA09_thereIsNoSecretToCompare() throws LDAPException {
        LDAPConnection reader = ldap.client(READER);
        refused(ResultCode.UNDEFINED_ATTRIBUTE_TYPE, () -> reader.compare(ADA, "userPassword", TestLdap.SECRET));
        assertThat(reader.search(BASE, SearchScope.SUB, "(userPassword=*)").getEntryCount())
                .isZero();
    }

    @Test
    public void nothingIsWritten() throws LDAPException {
        LDAPConnection reader = ldap.client(READER);
        Modification change = new Modification(ModificationType.REPLACE, "sn", "X");
        for (LDAPRequest write : List.of(
                new AddRequest("uid=new,ou=entities," + BASE, new Attribute("uid", "new")),
                new ModifyRequest(ADA, change),
                new ModifyDNRequest(ADA, "uid=eda", true),
                new DeleteRequest(ADA))) {
            refused(ResultCode.UNWILLING_TO_PERFORM, () -> send(reader, write));
            refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> send(ldap.client(), write));
        }
        refused(ResultCode.PROTOCOL_ERROR, () -> {
            var result = reader.processExtendedOperation("1.3.6.1.4.1.4203.1.11.1");
            throw new LDAPException(result);
        });
    }

    @Test
    public void everybodyReadsEverythingIfTheOperatorWantsIt() throws Exception {
        ldap.stop();
        ldap.with("allowAnonymous", true).start();
        assertThat(all(ldap.client())).hasSize(9);
    }

    @Test
    public void whoIsLockedIsMarked() throws LDAPException {
        ldap.directory.put(ldap.directory.entities.get("ada").withLocked(true));
        assertThat(ldap.client(READER)
                        .searchForEntry(BASE, SearchScope.SUB, "(nsAccountLock=TRUE)", "+")
                        .getDN())
                .isEqualTo(ADA);
    }

    private static List<String> all(LDAPConnection client) throws LDAPException {
        return client.search(BASE, SearchScope.SUB, "(objectClass=*)").getSearchEntries().stream()
                .map(SearchResultEntry::getDN)
                .toList();
    }

    private interface Call {
        void run() throws LDAPException;
    }

    private static void refused(ResultCode code, Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(LDAPException.class, no -> assertThat(no.getResultCode())
                .isEqualTo(code));
    }

    private static void send(LDAPConnection client, LDAPRequest write) throws LDAPException {
        if (write instanceof AddRequest add) {
            client.add(add);
        } else if (write instanceof ModifyRequest modify) {
            client.modify(modify);
        } else if (write instanceof ModifyDNRequest rename) {
            client.modifyDN(rename);
        } else if (write instanceof DeleteRequest delete) {
            client.delete(delete);
        }
    }
}
