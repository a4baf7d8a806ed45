package org.latchkey.api.service;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The tables of steps of which the directory's changes are made, for the operator to read. */
@ProviderType
public interface Operations {

    /** The named steps of each kind of change, in order; a hook's place is named for its point. */
    Map<String, List<String>> steps();

    /**
     * What one of these operations would run, without running it. Of a login, what the directory itself would
     * run; see {@link Authentication#explain} for the whole.
     *
     * @param id the entity or group it would be about
     */
    Explanation explain(String operation, String id);
}
