package org.latchkey.runtime;

/**
 * The value of a setting, and who gave it.
 *
 * @param value as it was given
 * @param origin for people: a flag, an environment variable, a file with a line, or {@code default}
 */
record Given(String value, String origin) {

    static final String DEFAULT = "default";
}
