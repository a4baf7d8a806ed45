package org.latchkey.auth.session;

import java.lang.annotation.Annotation;

/** The defaults, but for what becomes of sessions at a new secret. */
record FakeConfig(Eras eras) implements StoredSessions.Config {

    enum Eras {
        END,
        GO_ON
    }

    FakeConfig() {
        this(Eras.END);
    }

    @Override
    public int idleMinutes() {
        return 60;
    }

    @Override
    public int hours() {
        return 12;
    }

    @Override
    public int rememberDays() {
        return 30;
    }

    @Override
    public boolean endOnNewSecret() {
        return eras == Eras.END;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return StoredSessions.Config.class;
    }
}
