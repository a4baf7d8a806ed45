package org.latchkey.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Which addresses are on the public internet, and not in somebody's own network (the registries of RFC 6890). */
final class PublicAddress {

    private record Block(int[] prefix, int bits) {

        boolean has(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> PRIVATE_4 = List.of(
            block(8, 0),
            block(8, 10),
            block(10, 100, 64),
            block(8, 127),
            block(16, 169, 254),
            block(12, 172, 16),
            block(24, 192, 0, 0),
            block(24, 192, 0, 2),
            block(24, 192, 88, 99),
            block(16, 192, 168),
            block(15, 198, 18),
            block(24, 198, 51, 100),
            block(24, 203, 0, 113),
            block(3, 224));

    /** All of IPv6 that is given out to the public, and within it what leads elsewhere: documentation, Teredo, 6to4. */
    private static final Block GLOBAL_6 = block(3, 0x20);

    private static final List<Block> PRIVATE_6 = List.of(
            block(23, 0x20, 0x01, 0x00),
            block(32, 0x20, 0x01, 0x0d, 0xb8),
            block(16, 0x20, 0x02),
            block(20, 0x3f, 0xff, 0x00));

    private PublicAddress() {}

    private static Block block(int bits, int... prefix) {
        return new Block(prefix, bits);
    }

    /** An IPv4 address within an IPv6 one is not public, whatever it is: nobody's name needs that form. */
    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return GLOBAL_6.has(bytes) && PRIVATE_6.stream().noneMatch(block -> block.has(bytes));
        }
        return PRIVATE_4.stream().noneMatch(block -> block.has(bytes));
    }
}
