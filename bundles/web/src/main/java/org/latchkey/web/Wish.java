package org.latchkey.web;

import java.util.Locale;

/** What media types a client wants, by its Accept field (RFC 9110, 12.5.1). */
final class Wish {

    private static final int LONGEST = 2000;

    private final String accept;

    /** @param accept the field's value, empty if there is none */
    Wish(String accept) {
        this.accept = accept.length() > LONGEST ? "" : accept.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it wants a page more than it wants JSON, as browsers do when somebody goes somewhere. Whoever takes anything,
     * or says nothing that can be read, is a program.
     */
    boolean isForPages() {
        double page = Math.max(quality("text", "html"), quality("application", "xhtml+xml"));
        double data = Math.max(quality("application", "json"), quality("application", "problem+json"));
        return page > data;
    }

    /** The quality of the range that names a type most closely. */
    private double quality(String type, String subtype) {
        double quality = 0;
        int closest = 0;
        for (String each : accept.split(",")) {
            String[] parts = each.split(";", -1);
            int closeness = closeness(parts[0].strip(), type, subtype);
            if (closeness > closest) {
                closest = closeness;
                quality = quality(parts);
            }
        }
        return quality;
    }

    private static int closeness(String range, String type, String subtype) {
        if (range.equals(type + "/" + subtype)) {
            return 3;
        }
        return range.equals(type + "/*") ? 2 : range.equals("*/*") ? 1 : 0;
    }

    /** One that cannot be read is none. */
    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                String value = parameter.substring(2).strip();
                return value.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }
}
