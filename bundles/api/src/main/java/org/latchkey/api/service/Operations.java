package org.latchkey.api.service;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The tables of steps of which the directory's changes are made, for the operator to read. */
@ProviderType
public interface Operations {

    /** The named steps of each kind of change, in order; a hook's place is named for its point. */
    Map<String, List<String>> steps();
}
