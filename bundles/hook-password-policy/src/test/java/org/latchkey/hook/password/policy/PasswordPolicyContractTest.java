package org.latchkey.hook.password.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.testkit.HookContract;

public class PasswordPolicyContractTest extends HookContract {

    @Override
    protected DirectoryHook hook() {
        try {
            return new PasswordPolicy(Configs.with(Map.of()), Path.of("."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
