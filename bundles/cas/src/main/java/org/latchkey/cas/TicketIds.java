package org.latchkey.cas;

import java.security.SecureRandom;
import org.latchkey.api.cas.Ticket;

/** Ids of tickets: the prefix of the kind, and 156 random bits in letters and digits; a service ticket has 29 (C39). */
final class TicketIds {

    private static final char[] LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-".toCharArray();

    private static final int LENGTH = 26;

    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    private TicketIds() {}

    static String next(Ticket.Kind kind) {
        return kind.prefix() + random();
    }

    /** Of a proxy-granting ticket's "I owe you", which says nothing of the ticket (C42). */
    static String nextIou() {
        return "PGTIOU-" + random();
    }

    private static String random() {
        byte[] bytes = new byte[LENGTH * 2];
        StringBuilder id = new StringBuilder(LENGTH);
        while (id.length() < LENGTH) {
            RANDOM.get().nextBytes(bytes);
            for (int i = 0; i < bytes.length && id.length() < LENGTH; i++) {
                int six = bytes[i] & 63;
                if (six < LETTERS.length) {
                    id.append(LETTERS[six]);
                }
            }
        }
        return id.toString();
    }
}
