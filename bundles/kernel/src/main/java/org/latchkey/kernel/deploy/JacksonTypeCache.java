package org.latchkey.kernel.deploy;

import com.fasterxml.jackson.databind.type.TypeFactory;

/** Jackson keeps every type it has seen in one static cache, and with it the class loader of a plugin that is gone. */
final class JacksonTypeCache {

    private JacksonTypeCache() {}

    static void clear() {
        TypeFactory.defaultInstance().clearCache();
    }
}
