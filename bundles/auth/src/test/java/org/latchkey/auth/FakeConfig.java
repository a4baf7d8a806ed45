package org.latchkey.auth;

import java.lang.annotation.Annotation;

/** The defaults. */
@SuppressWarnings("ClassExplicitlyAnnotation")
final class FakeConfig implements JwtTokens.Config {

    @Override
    public long lifetimeSeconds() {
        return 600;
    }

    @Override
    public int keyBits() {
        return 2048;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return JwtTokens.Config.class;
    }
}
