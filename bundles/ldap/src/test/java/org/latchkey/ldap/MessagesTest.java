package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.ldap.TestLdap.BASE;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/** Attack case L-17: requests that are made to hurt the server. */
public class MessagesTest {

    private static final int LONGEST = 20_000;

    @Test
    public void messagesComeOutAsTheyWentIn() throws IOException {
        byte[] message = search(Filter.createEqualityFilter("uid", "ada"));
        byte[] two = concat(message, message);
        assertThat(messages(two).readAllBytes()).isEqualTo(two);
        assertThat(messages(two).read(new byte[8192]))
                .as("never more than one at once")
                .isEqualTo(message.length);
    }

    @Test
    public void aNestedFilterIsRefusedBeforeAnybodyDecodesIt() {
        for (int depth : new int[] {50, 3000}) {
            assertThatThrownBy(() -> messages(DeepSearch.of(depth)).readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nested deeper");
        }
    }

    @Test
    public void whatIsNotNestedTooDeepPasses() throws IOException {
        byte[] message = DeepSearch.of(20);
        assertThat(messages(message).readAllBytes()).isEqualTo(message);
    }

    @Test
    public void aLongMessageIsRefusedBeforeItIsRead() {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                int[] header = {0x30, 0x84, 0x7f, 0xff, 0xff, 0xff};
                if (at == header.length) {
                    throw new AssertionError("read on");
                }
                return header[at++];
            }
        };
        assertThatThrownBy(() -> messages(endless).read()).hasMessageContaining("more than 20000 bytes");
    }

    @Test
    public void whatIsNoMessageIsRefused() {
        for (List<Integer> bytes : List.of(
                List.of(0x47, 0x45, 0x54),
                List.of(0x30, 0x80, 0, 0),
                List.of(0x30, 0x85, 1, 1, 1, 1, 1),
                List.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
                List.of(0x30, 0x03, 0x02, 0x05, 0x01),
                List.of(0x30, 0x02, 0x1f, 0x00),
                List.of(0x30, 0x01, 0x02),
                List.of(0x30, 0x02, 0x30, 0x82))) {
            assertThatThrownBy(() -> messages(bytes(bytes)).readAllBytes())
                    .as("%s", bytes)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> messages(bytes(List.of(0x30, 0x05, 1))).read()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> messages(bytes(List.of(0x30))).read()).isInstanceOf(IOException.class);
    }

    private static byte[] search(Filter filter) {
        return new LDAPMessage(
                        1,
                        new SearchRequestProtocolOp(
                                BASE, SearchScope.SUB, DereferencePolicy.NEVER, 0, 0, false, filter, List.of()))
                .encode()
                .encode();
    }

    private static byte[] bytes(List<Integer> values) {
        byte[] bytes = new byte[values.size()];
        for (int each = 0; each < bytes.length; each++) {
            bytes[each] = values.get(each).byteValue();
        }
        return bytes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static Messages messages(byte[] bytes) {
        return messages(new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length)));
    }

    private static Messages messages(InputStream in) {
        return new Messages(
                new Messages.Source() {
                    @Override
                    public InputStream next() {
                        return in;
                    }

                    @Override
                    public void arrived() {}
                },
                LONGEST);
    }
}
