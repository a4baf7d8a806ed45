package org.latchkey.hook.fail2lock;

import java.time.Clock;
import java.time.Duration;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.testkit.HookContract;
import org.latchkey.testkit.MemoryOutbox;

public class Fail2LockContractTest extends HookContract {

    @Override
    protected DirectoryHook hook() {
        return new Fail2Lock(
                new MemoryState(),
                new MemoryOutbox(),
                3,
                Duration.ofSeconds(900),
                Clock.systemUTC(),
                Fail2Lock.PATIENCE);
    }
}
