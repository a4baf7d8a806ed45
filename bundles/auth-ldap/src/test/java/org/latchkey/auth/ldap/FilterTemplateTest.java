package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import java.util.Map;
import org.junit.Test;

public class FilterTemplateTest {

    private static final String PLACE = "{username}";

    @Test
    public void valuesStayValues() {
        FilterTemplate template =
                of("(&(objectClass=user)(!(cn={username}))(|(uid={username})(mail={username}@x.org)))");
        Filter filter = template.with(Map.of(PLACE, "a*)(uid=\0\\"));
        assertThat(filter.getComponents()).hasSize(3);
        assertThat(filter.getComponents()[2].getComponents()[0].getAssertionValue())
                .isEqualTo("a*)(uid=\0\\");
        assertThat(filter.getComponents()[2].getComponents()[1].getAssertionValue())
                .isEqualTo("a*)(uid=\0\\@x.org");
        assertThat(filter.toString()).contains("(uid=a\\2a\\29\\28uid=\\00\\5c)");
        assertThat(template.attributes()).containsExactly("mail", "uid");
    }

    @Test
    public void aValueIsNotFilledAgain() {
        FilterTemplate template = FilterTemplate.of("f", "(|(member={dn})(memberUid={id}))", "{dn}", "{id}");
        assertThat(template.with(Map.of("{dn}", "cn={id}", "{id}", "{dn}")).toString())
                .isEqualTo("(|(member=cn={id})(memberUid={dn}))");
    }

    @Test
    public void matchingRulesAndOtherPartsAreKept() {
        assertThat(FilterTemplate.of("f", "(&(member:1.2.840.113556.1.4.1941:={dn})(cn=a*b)(!(x>=3))(y=*))", "{dn}")
                        .with(Map.of("{dn}", "cn=(x)"))
                        .toString())
                .isEqualTo("(&(member:1.2.840.113556.1.4.1941:=cn=\\28x\\29)(cn=a*b)(!(x>=3))(y=*))");
    }

    @Test
    public void literallyIsApartFromCaseOnly() throws Exception {
        Entry entry = new Entry("dn: cn=x", "uid: Ada", "mail: ada@x.org", "cn: nobody");
        FilterTemplate template = of("(|(uid={username})(mail={username}@x.org)(cn=nobody))");
        assertThat(template.holdsLiterally(entry, Map.of(PLACE, "aDA"))).isTrue();
        assertThat(template.holdsLiterally(entry, Map.of(PLACE, "ada "))).isFalse();
        assertThat(template.holdsLiterally(entry, Map.of(PLACE, "nobody"))).isFalse();
        assertThat(of("(mail={username}@x.org)").holdsLiterally(entry, Map.of(PLACE, "ADA")))
                .isTrue();
    }

    @Test
    public void aFilterThatFindsAnybodyIsRefused() {
        refused("(objectClass=*)", "must compare something with {username}");
        refused("(!(uid={username}))", "must compare something with {username}");
        refused("(|(uid={username})(cn={username}*))", "without *");
        refused("(&(uid={username})(cn>={username}))", "must be compared with =");
        refused("(uid={username}", "is not a filter");
        refused("", "is not a filter");
    }

    private static void refused(String text, String sentence) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private static FilterTemplate of(String text) {
        return FilterTemplate.of("filter", text, PLACE);
    }
}
