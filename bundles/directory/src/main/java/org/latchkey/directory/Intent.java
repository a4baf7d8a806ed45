package org.latchkey.directory;

import java.util.List;
import org.latchkey.api.Caller;

/**
 * A change that somebody wants.
 *
 * @param caller who
 * @param operation name of its table
 * @param subject the entity or group it is about
 * @param names whose turn it needs, in the order of {@link Turns}
 */
record Intent(Caller caller, String operation, String subject, List<String> names) {}
