package org.latchkey.oauth;

/** The characters that RFC 6749 allows in its parameters (Appendix A). */
final class Characters {

    private Characters() {}

    /** A description with what is not allowed in one made plain: {@code "} becomes {@code '}, others {@code ?}. */
    static String ofDescriptions(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(each -> plain.append(each == '"' ? '\'' : isPlain(each) ? (char) each : '?'));
        return plain.toString();
    }

    private static boolean isPlain(int each) {
        return each >= 0x20 && each <= 0x7e && each != '\\';
    }
}
