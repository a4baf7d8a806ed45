package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.latchkey.auth.ldap.GroupNames.Others;

public class GroupNamesTest {

    private static final String[] LISTED = {"cn=Admins, ou=groups,dc=x=root users", "Staff=staff"};

    @Test
    public void aDnIsThatGroupAloneAndANameAnyGroupOfThatName() {
        GroupNames names = GroupNames.of(LISTED, Others.IGNORE);
        assertThat(names.named("CN=admins,OU=groups,DC=x")).contains("root users");
        assertThat(names.named("cn=admins,ou=mine,dc=x")).isEmpty();
        assertThat(names.named("cn=STAFF,ou=any,dc=x")).contains("staff");
        assertThat(names.named("cn=5,ou=any,dc=x", "staff")).contains("staff");
        assertThat(names.named("cn=other,dc=x")).isEmpty();
        assertThat(names.named("no dn at all")).isEmpty();
    }

    @Test
    public void othersKeepTheirNameIfTheOperatorWantsThat() {
        GroupNames names = GroupNames.of(LISTED, Others.KEEP);
        assertThat(names.named("cn=Other,dc=x")).contains("Other");
        assertThat(names.named("cn=admins,ou=groups,dc=x")).contains("root users");
        assertThat(names.named("no dn at all")).isEmpty();
    }

    @Test
    public void whatIsNoPairIsRefused() {
        for (String pair : new String[] {"", "a", "=a", "a=", "cn=a,,=b"}) {
            assertThatThrownBy(() -> GroupNames.of(new String[] {pair}, Others.KEEP))
                    .as(pair)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
