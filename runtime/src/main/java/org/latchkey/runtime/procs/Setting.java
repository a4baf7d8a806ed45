package org.latchkey.runtime.procs;

import java.util.Arrays;
import java.util.Optional;

/** What the client can be told, by its variable and its line of the file. All but the token are Proctor's. */
enum Setting {
    PROCTOR_HOST(""),
    LATCHKEY_TOKEN(""),
    EMAIL_ID(""),
    ACCESS_TOKEN(""),
    CONNECTION_TIMEOUT_SECS("10"),
    PROC_EXECUTION_STATUS_POLL_COUNT("30");

    private final String fallback;

    Setting(String fallback) {
        this.fallback = fallback;
    }

    String fallback() {
        return fallback;
    }

    boolean isSecret() {
        return this == LATCHKEY_TOKEN || this == ACCESS_TOKEN;
    }

    static Optional<Setting> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}
