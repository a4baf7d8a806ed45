package org.latchkey.runtime;

/** A bundle as features name it: the coordinates {@code group:artifact:version} (OSGi Compendium 159, "Identifiers"). */
public record BundleId(String group, String artifact, String version) {

    /** Takes {@code group:artifact:version}, nothing more and nothing less. */
    public static BundleId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || text.contains("${") || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("\"" + text + "\" is not group:artifact:version");
        }
        return new BundleId(parts[0], parts[1], parts[2]);
    }

    /** The name of its jar in {@code system/} or {@code plugins/}. */
    public String fileName() {
        return artifact + "-" + version + ".jar";
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
