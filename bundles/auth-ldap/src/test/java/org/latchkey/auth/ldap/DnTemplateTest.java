package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import org.junit.Test;

public class DnTemplateTest {

    @Test
    public void valuesStayValues() throws Exception {
        DnTemplate template = DnTemplate.of("uid={username},ou=people,dc=example,dc=org");
        for (String name : new String[] {"ada", "ada,ou=x", "a+cn=b", "\\61", "#61", " a ", "\"a\"", "a=b;c<d>"}) {
            DN dn = new DN(template.with(name));
            assertThat(dn.getRDN().getAttributeValues()).as(name).containsExactly(name);
            assertThat(dn.getParentString()).isEqualTo("ou=people,dc=example,dc=org");
        }
        assertThat(template.attribute()).isEqualTo("uid");
    }

    @Test
    public void whatIsNoNameOfAPersonIsRefused() {
        for (String text : new String[] {
            "uid=ada,dc=x",
            "uid={username}",
            "uid=a{username},dc=x",
            "uid={username}+cn={username},dc=x",
            "cn=x,uid={username},dc=x",
            "uid={username},ou={username},dc=x",
            "{username}"
        }) {
            assertThatThrownBy(() -> DnTemplate.of(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
