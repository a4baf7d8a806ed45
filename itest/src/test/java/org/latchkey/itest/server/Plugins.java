package org.latchkey.itest.server;

import java.nio.file.Path;

/** Plugins that tests deploy, each built from the source one reads here. */
public final class Plugins {

    private Plugins() {}

    /**
     * Writes down each call of a hook and shows what it wrote at {@code /recorder/}; throws at the point that
     * was last told to {@code /recorder/throw?at=}.
     */
    public static Path recorder() {
        return PluginJar.named("org.example.recorder").source("Recorder", """
                        @Component(service = {DirectoryHook.class, Endpoint.class}, property = "latchkey.mount=recorder",
                                configurationPid = "example.recorder")
                        public final class Recorder implements DirectoryHook, Endpoint {
                            private final List<String> calls = new CopyOnWriteArrayList<>();
                            private volatile String throwAt = "";

                            public Response handle(Request request) {
                                if (request.path().equals("/throw")) {
                                    throwAt = request.query("at").get(0);
                                    calls.clear();
                                }
                                return Response.text(200, String.join("\\n", calls));
                            }

                            private <T> T record(String point, T value, Optional<Secret> secret) {
                                String shown = secret.map(s -> new String(s.chars())).orElse("-");
                                calls.add(point + " " + value + " secret=" + shown);
                                if (point.equals(throwAt)) {
                                    throw new IllegalStateException("told to throw");
                                }
                                return value;
                            }

                            public Entity entityCreate(Entity e, Change<Entity> c) { return record("EntityCreate", e, c.secret()); }
                            public Entity entityUpdate(Entity e, Change<Entity> c) { return record("EntityUpdate", e, c.secret()); }
                            public Entity entityLock(Entity e, Change<Entity> c) { return record("EntityLock", e, c.secret()); }
                            public Entity entityUnlock(Entity e, Change<Entity> c) { return record("EntityUnlock", e, c.secret()); }
                            public Entity entityDestroy(Entity e, Change<Entity> c) { return record("EntityDestroy", e, c.secret()); }
                            public Group groupCreate(Group g, Change<Group> c) { return record("GroupCreate", g, c.secret()); }
                            public Group groupUpdate(Group g, Change<Group> c) { return record("GroupUpdate", g, c.secret()); }
                            public Group groupDestroy(Group g, Change<Group> c) { return record("GroupDestroy", g, c.secret()); }
                            public Entity preSecretChange(Entity e, Change<Entity> c) { return record("PreSecretChange", e, c.secret()); }
                            public Entity postSecretChange(Entity e, Change<Entity> c) { return record("PostSecretChange", e, c.secret()); }
                            public Entity preAuthCheck(Entity e, Attempt a) { return record("PreAuthCheck", e, a.secret()); }
                            public Entity postAuthCheck(Entity e, Attempt a) { return record("PostAuthCheck", e, a.secret()); }
                        }
                        """).build();
    }

    /** Answers {@code /<mount>/} with a text. */
    public static PluginJar endpoint(String symbolicName, String mount, String text) {
        return PluginJar.named(symbolicName).source("Page", """
                        @Component(property = "latchkey.mount=%s")
                        public final class Page implements Endpoint {
                            public Response handle(Request request) {
                                return Response.text(200, "%s");
                            }
                        }
                        """.formatted(mount, text));
    }

    /** A hook whose method has this body at entityCreate, such as {@code throw new Error();}. */
    public static PluginJar creationHook(String symbolicName, String body) {
        return PluginJar.named(symbolicName).source("Hook", """
                        @Component
                        public final class Hook implements DirectoryHook {
                            public Entity entityCreate(Entity entity, Change<Entity> change) {
                                %s
                            }
                        }
                        """.formatted(body));
    }
}
