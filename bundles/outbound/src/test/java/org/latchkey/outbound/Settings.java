package org.latchkey.outbound;

import java.lang.annotation.Annotation;

/** Settings as the framework hands them in. */
final class Settings {

    private Settings() {}

    static OutboundCalls.Config of(String authorities, String... privateHosts) {
        return new OutboundCalls.Config() {
            @Override
            public String[] privateHosts() {
                return privateHosts;
            }

            @Override
            public String authorities() {
                return authorities;
            }

            @Override
            public boolean plainPrivateHosts() {
                return false;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return OutboundCalls.Config.class;
            }
        };
    }
}
