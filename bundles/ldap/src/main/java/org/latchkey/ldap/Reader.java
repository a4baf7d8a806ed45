package org.latchkey.ldap;

import java.util.Optional;

/**
 * Who reads, and what they may see: themselves and their groups, or all.
 *
 * @param readsAll whether they see everything
 * @param self the name of the entity they are, if they are one
 */
record Reader(boolean readsAll, Optional<String> self) {

    boolean isSelf(String id) {
        return self.filter(id::equals).isPresent();
    }
}
