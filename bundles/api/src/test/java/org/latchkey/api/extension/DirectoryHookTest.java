package org.latchkey.api.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.junit.Test;

public class DirectoryHookTest {

    /** A new abstract method would break every hook there is, and the version check would not notice. */
    @Test
    public void row8_everyPointHasADefault() {
        assertThat(DirectoryHook.class.getMethods()).hasSize(20).allMatch(Method::isDefault);
    }

    @Test
    public void theOtherPointsAreOneMethod() {
        for (Class<?> point : new Class<?>[] {Authenticator.class, Authorizer.class, Notifier.class}) {
            assertThat(point.getMethods()).as(point.getName()).hasSize(1);
        }
    }
}
