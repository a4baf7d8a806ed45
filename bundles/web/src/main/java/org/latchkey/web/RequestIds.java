package org.latchkey.web;

import java.util.concurrent.ThreadLocalRandom;

/** Names for requests, never taken from a client: 16 characters of base 32, 80 random bits. Unique, not secret. */
final class RequestIds {

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private RequestIds() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[16];
        fill(id, 0, random.nextLong());
        fill(id, 8, random.nextLong());
        return new String(id);
    }

    private static void fill(char[] id, int from, long bits) {
        for (int at = from; at < from + 8; at++) {
            id[at] = ALPHABET[(int) (bits & 31)];
            bits >>>= 5;
        }
    }
}
