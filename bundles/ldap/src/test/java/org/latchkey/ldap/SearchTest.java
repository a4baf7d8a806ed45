package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.ldap.TestLdap.ADA;
import static org.latchkey.ldap.TestLdap.BASE;
import static org.latchkey.ldap.TestLdap.READER;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Entity;

public class SearchTest {

    private static final String ENTITIES = "ou=entities," + BASE;
    private static final String GROUPS = "ou=groups," + BASE;

    @Rule
    public final TestLdap ldap =
            new TestLdap().with("attributes", new String[] {"mail=email"}).with("sizeLimit", 50);

    private LDAPConnection client;

    @Before
    public void bind() throws LDAPException {
        client = ldap.client(READER);
        ldap.directory.asked.clear();
    }

    @Test
    public void row88_searchByUidGivesMemberOf() throws LDAPException {
        SearchResultEntry ada = client.searchForEntry(BASE, SearchScope.SUB, "(uid=ada)", "memberOf");
        assertThat(ada.getDN()).isEqualTo(ADA);
        assertThat(ada.getAttributeValues("memberOf"))
                .containsExactlyInAnyOrder("cn=staff," + GROUPS, "cn=devs," + GROUPS);
        assertThat(ada.getAttributes()).hasSize(1);
    }

    @Test
    public void anEntityShowsItsTypedMetadata() throws LDAPException {
        Entry ada = client.getEntry(ADA);
        assertThat(ada.getObjectClassValues()).contains("inetOrgPerson", "posixAccount");
        assertThat(values(ada, "uid", "cn", "sn", "displayName", "gecos", "homeDirectory", "loginShell"))
                .containsExactly("ada", "Ada", "Lovelace", "Ada", "Ada L", "/home/ada", "/bin/zsh");
        assertThat(values(ada, "uidNumber", "gidNumber", "employeeNumber", "mail"))
                .containsExactly("2", "100", "B-7", "ada@example.org");
        assertThat(ada.hasAttribute("entryDN")).isFalse();
    }

    @Test
    public void whoHasNoPrimaryGroupIsAPersonButNoPosixAccount() throws LDAPException {
        Entry bob = client.getEntry("uid=bob," + ENTITIES);
        assertThat(bob.getObjectClassValues()).contains("inetOrgPerson").doesNotContain("posixAccount");
        assertThat(values(bob, "cn", "sn", "uidNumber")).containsExactly("bob", "bob", "3");
    }

    @Test
    public void aGroupShowsItsMembers() throws LDAPException {
        Entry staff = client.getEntry("cn=staff," + GROUPS);
        assertThat(staff.getAttributeValues("member")).containsExactly(ADA, "uid=bob," + ENTITIES);
        assertThat(staff.getAttributeValues("memberUid")).containsExactly("ada", "bob");
        assertThat(values(staff, "gidNumber", "description")).containsExactly("100", "All who work here");
        assertThat(client.getEntry("cn=devs," + GROUPS).getAttributeValue("owner"))
                .isEqualTo("cn=staff," + GROUPS);
        assertThat(client.getEntry("cn=empty," + GROUPS).hasAttribute("member")).isFalse();
    }

    @Test
    public void filtersAreEvaluatedInFull() throws LDAPException {
        assertThat(found("(|(uid=ada)(uid=bob))")).containsExactly("ada", "bob");
        assertThat(found("(&(objectClass=person)(!(uid=ada)))")).containsExactly("bob", "reader");
        assertThat(found("(uid=a*a)")).containsExactly("ada");
        assertThat(found("(uid=*o*)")).containsExactly("bob");
        assertThat(found("(&(uidNumber>=2)(uidNumber<=2))")).containsExactly("ada");
        assertThat(found("(homeDirectory=*)")).containsExactly("ada");
        assertThat(found("(displayName~=ADA)")).containsExactly("ada");
        assertThat(found("(mail=Ada@example.org)")).containsExactly("ada");
        assertThat(found("(&(objectClass=inetOrgPerson)(memberOf=CN=devs, OU=Groups, DC=example, DC=org))"))
                .containsExactly("ada");
        assertThat(found("(!(memberOf=cn=staff," + GROUPS + "))"))
                .contains("reader")
                .doesNotContain("ada", "bob");
        assertThat(found("(&)")).hasSize(9);
        assertThat(found("(|)")).isEmpty();
        assertThat(found("(2.5.4.4=lovelace)")).containsExactly("ada");
        assertThat(found("(entryDN=" + ADA + ")")).containsExactly("ada");
    }

    @Test
    public void namesAreToldApartByCase() throws LDAPException {
        ldap.directory.put(Entity.named("ADA").withNumber(9));
        assertThat(found("(uid=ADA)")).containsExactly("ADA");
        assertThat(client.getEntry("uid=ADA," + ENTITIES).getAttributeValue("uidNumber"))
                .isEqualTo("9");
        assertThat(found("(|(uidNumber=77)(memberOf=cn=STAFF," + GROUPS + "))")).isEmpty();
    }

    @Test
    public void anUndefinedItemMatchesNeitherPlainNorNegated() throws LDAPException {
        for (String item : List.of("(noSuch=x)", "(uidNumber=many)", "(uidNumber=1*)", "(cn>=a)", "(memberOf=nodn)")) {
            assertThat(found(item)).as(item).isEmpty();
            assertThat(found("(!" + item + ")")).as("not " + item).isEmpty();
        }
    }

    @Test
    public void extensibleMatchesAndThousandsOfItemsAreRefused() {
        assertRefused(ResultCode.INAPPROPRIATE_MATCHING, BASE, "(cn:caseExactMatch:=Ada)");
        assertRefused(ResultCode.ADMIN_LIMIT_EXCEEDED, BASE, "(|" + "(uid=a)".repeat(600) + ")");
    }

    @Test
    public void scopesAreKept() throws LDAPException {
        assertThat(dns(BASE, SearchScope.BASE)).containsExactly(BASE);
        assertThat(dns(BASE, SearchScope.ONE)).containsExactly(ENTITIES, GROUPS);
        assertThat(dns(ENTITIES, SearchScope.BASE)).containsExactly(ENTITIES);
        assertThat(dns(GROUPS, SearchScope.ONE)).hasSize(3).allMatch(dn -> dn.endsWith("," + GROUPS));
        assertThat(dns(GROUPS, SearchScope.SUB)).hasSize(4);
        assertThat(dns(BASE, SearchScope.SUB)).hasSize(9);
        assertThat(dns(BASE, SearchScope.SUBORDINATE_SUBTREE)).hasSize(8).doesNotContain(BASE);
        assertThat(dns(ADA, SearchScope.SUB)).containsExactly(ADA);
        assertThat(dns(ADA, SearchScope.ONE)).isEmpty();
    }

    @Test
    public void attributesAreThoseThatWereAskedFor() throws LDAPException {
        assertThat(names("1.1")).isEmpty();
        assertThat(names("surname", "nonsense")).containsExactly("sn");
        assertThat(names("+")).contains("entryDN", "structuralObjectClass").doesNotContain("uid");
        assertThat(names("*", "entryDN")).contains("uid", "entryDN").doesNotContain("structuralObjectClass");
        SearchRequest types = new SearchRequest(BASE, SearchScope.SUB, "(uid=ada)", "memberOf", "cn");
        types.setTypesOnly(true);
        Entry ada = client.search(types).getSearchEntries().get(0);
        assertThat(ada.hasAttribute("memberOf")).isTrue();
        assertThat(ada.getAttributeValues("cn")).isEmpty();
    }

    @Test
    public void whatCostsIsNotReadUnlessItIsNeeded() throws LDAPException {
        client.searchForEntry(BASE, SearchScope.SUB, "(uid=ada)", "cn");
        assertThat(ldap.directory.asked).doesNotContain("groupsOf ada", "members staff", "members devs");
    }

    @Test
    public void whatCanBeLookedUpIsNotSearchedFor() throws LDAPException {
        ldap.directory.asked.clear();
        assertThat(found("(&(objectClass=person)(uid=ada))")).containsExactly("ada");
        assertThat(found("(uid=ad*)")).containsExactly("ada");
        assertThat(found("(&(memberOf=cn=devs," + GROUPS + ")(uidNumber=2))")).containsExactly("ada");
        assertThat(found("(cn=staff)", GROUPS)).containsExactly("staff");
        assertThat(found("(|(member=" + ADA + ")(memberUid=bob))", GROUPS)).containsExactlyInAnyOrder("devs", "staff");
        assertThat(found("(objectClass=posixGroup)")).hasSize(3);
        assertThat(ldap.directory.asked)
                .contains(
                        "entity ada", "entities id:\"ad\"*", "members devs", "group staff", "groupsOf ada", "groups *")
                .doesNotContain("entities *");
    }

    @Test
    public void everythingIsFoundHoweverManyPagesTheDirectoryHas() throws LDAPException {
        for (int each = 0; each < 30; each++) {
            ldap.directory.put(Entity.named("many" + each).withGroups(Set.of("staff")));
        }
        assertThat(found("(uid=many*)")).hasSize(30);
        assertThat(client.getEntry("cn=staff," + GROUPS).getAttributeValues("member"))
                .hasSize(32);
    }

    @Test
    public void pagesGoOnWhereTheyEnded() throws LDAPException {
        List<String> all = new ArrayList<>();
        ASN1OctetString cookie = null;
        int pages = 0;
        do {
            SearchResult page = page(client, "(objectClass=*)", 4, cookie);
            assertThat(page.getEntryCount()).isLessThanOrEqualTo(4);
            page.getSearchEntries().forEach(entry -> all.add(entry.getDN()));
            cookie = SimplePagedResultsControl.get(page).getCookie();
            pages++;
        } while (cookie.getValueLength() > 0 && pages < 10);
        assertThat(pages).isEqualTo(3);
        assertThat(all).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    public void aCookieIsForItsOwnSearchAndConnection() throws LDAPException {
        ASN1OctetString cookie =
                SimplePagedResultsControl.get(page(client, "(uid=*)", 1, null)).getCookie();
        assertThatThrownBy(() -> page(ldap.client(READER), "(uid=*)", 1, cookie))
                .isInstanceOf(LDAPSearchException.class);
        assertThatThrownBy(() -> page(client, "(cn=*)", 1, cookie)).isInstanceOf(LDAPSearchException.class);
    }

    @Test
    public void theSizeLimitEndsASearchWithWhatWasFound() throws LDAPException {
        SearchRequest two = new SearchRequest(BASE, SearchScope.SUB, "(uid=*)");
        two.setSizeLimit(2);
        assertThatThrownBy(() -> client.search(two)).isInstanceOfSatisfying(LDAPSearchException.class, end -> {
            assertThat(end.getResultCode()).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);
            assertThat(end.getSearchEntries()).hasSize(2);
        });
        for (int each = 0; each < 60; each++) {
            ldap.directory.put(Entity.named("many" + each));
        }
        assertRefused(ResultCode.SIZE_LIMIT_EXCEEDED, BASE, "(uid=many*)");
    }

    @Test
    public void whatIsNotThereIsSaidWithWhatIsAboveIt() {
        assertThatThrownBy(() -> client.search("uid=nobody," + ENTITIES, SearchScope.BASE, "(uid=*)"))
                .isInstanceOfSatisfying(LDAPSearchException.class, no -> {
                    assertThat(no.getResultCode()).isEqualTo(ResultCode.NO_SUCH_OBJECT);
                    assertThat(no.getMatchedDN()).isEqualTo(ENTITIES);
                });
        assertRefused(ResultCode.NO_SUCH_OBJECT, "dc=elsewhere", "(uid=*)");
        assertRefused(ResultCode.NO_SUCH_OBJECT, "", "(uid=*)");
        assertRefused(ResultCode.INVALID_DN_SYNTAX, "no dn", "(uid=*)");
    }

    @Test
    public void theServerDescribesItself() throws LDAPException {
        RootDSE root = ldap.client().getRootDSE();
        assertThat(root.getNamingContextDNs()).containsExactly(BASE);
        assertThat(root.getSupportedLDAPVersions()).containsExactly(3);
        assertThat(root.supportsControl(SimplePagedResultsControl.PAGED_RESULTS_OID))
                .isTrue();
        assertThat(root.supportsExtendedOperation("1.3.6.1.4.1.4203.1.11.3")).isTrue();
        assertThat(root.supportsExtendedOperation("1.3.6.1.4.1.1466.20037"))
                .as("StartTLS")
                .isFalse();
        assertThat(client.getSchema().getAttributeType("memberOf").getEqualityMatchingRule())
                .isEqualTo("distinguishedNameMatch");
        assertThat(client.getSchema().getObjectClass("posixAccount")).isNotNull();
    }

    @Test
    public void aControlThatNobodyKnowsIsRefusedIfItIsCritical() throws LDAPException {
        SearchRequest request = new SearchRequest(BASE, SearchScope.BASE, "(objectClass=*)");
        request.addControl(new Control("1.2.3.4", false));
        assertThat(client.search(request).getEntryCount()).isEqualTo(1);
        request.addControl(new Control("1.2.3.4", true));
        assertThatThrownBy(() -> client.search(request))
                .isInstanceOfSatisfying(LDAPSearchException.class, no -> assertThat(no.getResultCode())
                        .isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION));
    }

    private static SearchResult page(LDAPConnection client, String filter, int size, ASN1OctetString cookie)
            throws LDAPException {
        SearchRequest request = new SearchRequest(BASE, SearchScope.SUB, filter);
        request.addControl(new SimplePagedResultsControl(size, cookie, true));
        return client.search(request);
    }

    private void assertRefused(ResultCode code, String base, String filter) {
        assertThatThrownBy(() -> client.search(base, SearchScope.SUB, filter))
                .isInstanceOfSatisfying(LDAPSearchException.class, no -> assertThat(no.getResultCode())
                        .isEqualTo(code));
    }

    private List<String> found(String filter) throws LDAPException {
        return found(filter, BASE);
    }

    private List<String> found(String filter, String base) throws LDAPException {
        return client.search(base, SearchScope.SUB, filter).getSearchEntries().stream()
                .map(entry -> entry.getDN().replaceFirst("^[a-z]+=([^,]*),.*", "$1"))
                .toList();
    }

    private List<String> dns(String base, SearchScope scope) throws LDAPException {
        return client.search(base, scope, "(objectClass=*)").getSearchEntries().stream()
                .map(Entry::getDN)
                .toList();
    }

    private List<String> names(String... asked) throws LDAPException {
        return client.searchForEntry(BASE, SearchScope.SUB, "(uid=ada)", asked).getAttributes().stream()
                .map(attribute -> attribute.getName())
                .toList();
    }

    private static List<String> values(Entry entry, String... names) {
        return List.of(names).stream().map(entry::getAttributeValue).toList();
    }
}
