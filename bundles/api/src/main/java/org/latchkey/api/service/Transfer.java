package org.latchkey.api.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The directory as a stream of JSON Lines, in and out. A line is an object with a {@code kind}: {@code group} (its own
 * data), {@code links} (rules and managing group of a group that is there by then) or {@code entity} (all of it, with
 * direct memberships). Only root may do either. Neither holds more than a batch in memory.
 */
@ProviderType
public interface Transfer {

    /**
     * How to import.
     *
     * @param existing what to do with what is there already
     * @param trial whether to check every line and store nothing; policies are not asked then
     * @param batch how many lines are stored together, all or none: 1 to 10,000
     * @param passphrase to open sealed hashes with, if there are any
     */
    record Options(Existing existing, Trial trial, int batch, Optional<Secret> passphrase) {

        public static final int BATCH = 500;

        /** What to do with an entity or a group that is there already. */
        public enum Existing {
            REFUSE,
            UPDATE
        }

        /** Whether it is meant. */
        public enum Trial {
            STORE,
            DRY_RUN
        }
    }

    /**
     * Reads lines and stores them batch by batch, each through the policies of its points. A line that is refused
     * takes its batch with it; those before and after are stored.
     */
    Report read(Caller caller, InputStream lines, Options options) throws IOException;

    /**
     * Writes everything that {@link #read} takes: first groups, then their links, each after those it names, then
     * entities, by name. Root is left out: every server has its own. With a passphrase the hashes of secrets are
     * there too, sealed with it; without one there are none.
     */
    void write(Caller caller, OutputStream lines, Optional<Secret> passphrase) throws IOException;

    /**
     * What became of an import.
     *
     * @param lines that were read
     * @param stored lines by kind that were stored, or in a trial would be
     * @param refused lines that were not, those of their batches included
     * @param faults the first 100 lines that were the reason
     */
    record Report(long lines, Map<String, Long> stored, long refused, List<Fault> faults) {

        public Report {
            stored = new LinkedHashMap<>(stored);
            faults = List.copyOf(faults);
        }

        /** Its JSON form, the same in REST and shell. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("lines", lines);
            json.put("stored", stored);
            json.put("refused", refused);
            json.put("faults", faults.stream().map(Fault::json).toList());
            return json;
        }
    }

    /**
     * A line that was refused.
     *
     * @param line its number, from 1
     * @param code as of a {@link org.latchkey.api.Refusal}
     * @param pointer where in it (RFC 6901), or empty
     * @param message why
     */
    record Fault(long line, String code, String pointer, String message) {

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("line", line);
            json.put("code", code);
            json.put("pointer", pointer);
            json.put("message", message);
            return json;
        }
    }
}
