package org.latchkey.kernel.extension;

import org.latchkey.api.extension.DirectoryHook;

/** Hooks that do nothing, each of a class of its own. */
final class Hooks {

    private Hooks() {}

    static DirectoryHook[] some(int number) {
        DirectoryHook[] all = {
            new A(), new B(), new C(), new D(), new E(), new F(), new G(), new H(), new I(), new J(), new K(), new L()
        };
        return java.util.Arrays.copyOf(all, number);
    }

    private static final class A implements DirectoryHook {}

    private static final class B implements DirectoryHook {}

    private static final class C implements DirectoryHook {}

    private static final class D implements DirectoryHook {}

    private static final class E implements DirectoryHook {}

    private static final class F implements DirectoryHook {}

    private static final class G implements DirectoryHook {}

    private static final class H implements DirectoryHook {}

    private static final class I implements DirectoryHook {}

    private static final class J implements DirectoryHook {}

    private static final class K implements DirectoryHook {}

    private static final class L implements DirectoryHook {}
}
