package org.latchkey.api;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The eight typed metadata fields of an entity (NetAuth {@code EntityMeta}). */
public enum MetaField {
    PRIMARY_GROUP,
    GECOS,
    LEGAL_NAME,
    DISPLAY_NAME,
    HOME,
    SHELL,
    GRAPHICAL_SHELL,
    BADGE_NUMBER;

    /** The name in JSON and in the shell, such as {@code legal_name}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of that {@link #key() key}, if there is one. */
    public static Optional<MetaField> of(String key) {
        return Stream.of(values()).filter(field -> field.key().equals(key)).findFirst();
    }
}
