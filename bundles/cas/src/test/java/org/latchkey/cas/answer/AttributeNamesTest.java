package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class AttributeNamesTest {

    private static Map<String, List<String>> told(String... names) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (String name : names) {
            attributes.put(name, List.of("of " + name));
        }
        return AttributeNames.told(attributes);
    }

    @Test
    public void namesThatAreElementsStayAsTheyAre() {
        assertThat(told("mail", "_x", "a.b-c_9")).containsOnlyKeys("mail", "_x", "a.b-c_9");
    }

    @Test
    public void J10_whatNoElementMayBeCalledIsReplaced() {
        assertThat(told("urn:oid:2.5.4.4", "display name", "9lives", "-x", "größe", "\uD83D\uDE00", "", "a><b"))
                .containsOnlyKeys("urn_oid_2.5.4.4", "display_name", "_9lives", "_-x", "gr__e", "_", "a__b");
    }

    @Test
    public void theOneWhoseNameItIsWins() {
        assertThat(told("a b", "a_b", "a:b")).isEqualTo(Map.of("a_b", List.of("of a_b")));
        assertThat(told("a b", "a:b")).isEqualTo(Map.of("a_b", List.of("of a b")));
    }

    @Test
    public void I2_namesOfTheProtocolAreLeftOut() {
        assertThat(told("user", "attributes", "authenticationDate", "proxyTicket", "mail"))
                .containsOnlyKeys("mail");
    }

    @Test
    public void attributesWithoutAValueAreLeftOut() {
        assertThat(AttributeNames.told(Map.of("mail", List.of()))).isEmpty();
    }
}
