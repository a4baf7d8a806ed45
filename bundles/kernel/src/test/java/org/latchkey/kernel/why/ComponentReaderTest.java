package org.latchkey.kernel.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.Test;

public class ComponentReaderTest {

    private static List<ServiceComponent> read(String xml) throws XMLStreamException {
        return new ComponentReader(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).read();
    }

    @Test
    public void aComponentIsReadAsDeclarativeServicesReadsIt() throws XMLStreamException {
        ServiceComponent component = read("""
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" configuration-policy="require"
                        configuration-pid="$ other">
                  <property name="one" value="1"/>
                  <property name="two" type="String">a
                  b</property>
                  <property name="target.target" value="(kind=gold)"/>
                  <service><provide interface="A"/><provide interface="B"/></service>
                  <reference name="needed" interface="N"/>
                  <reference name="several" interface="S" cardinality="1..n" target="(x=y)"/>
                  <reference name="maybe" interface="M" cardinality="0..1"/>
                  <reference name="target" interface="T"/>
                  <implementation class="org.a.B"/>
                </scr:component>
                """).get(0);
        assertThat(component.name()).isEqualTo("org.a.B");
        assertThat(component.implementation()).isEqualTo("org.a.B");
        assertThat(component.enabled()).isTrue();
        assertThat(component.needsConfiguration()).isTrue();
        assertThat(component.pids()).containsExactly("org.a.B", "other");
        assertThat(component.services()).containsExactly("A", "B");
        assertThat(component.needs())
                .containsExactly(
                        new ServiceComponent.Need("N", ""),
                        new ServiceComponent.Need("S", "(x=y)"),
                        new ServiceComponent.Need("T", "(kind=gold)"));
        assertThat(component.properties()).containsEntry("one", "1").containsKey("two");
    }

    @Test
    public void oneFileMayDescribeSeveral() throws XMLStreamException {
        assertThat(read("<all><component name='a'><implementation class='A'/></component>"
                        + "<component name='b' enabled='false'><implementation class='B'/></component></all>"))
                .extracting(ServiceComponent::name, ServiceComponent::enabled, ServiceComponent::needsConfiguration)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", true, false),
                        org.assertj.core.groups.Tuple.tuple("b", false, false));
    }

    @Test
    public void nothingOutsideTheFileIsRead() {
        assertThatThrownBy(() -> read("<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                        + "<component name='a'><property name='p'>&x;</property></component>"))
                .isInstanceOf(XMLStreamException.class);
    }
}
