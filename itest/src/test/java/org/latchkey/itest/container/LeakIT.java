package org.latchkey.itest.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.itest.server.PluginJar;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** Installing, calling and removing a plugin again and again leaves nothing of it behind. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LeakIT {

    private static final String JAR = "latchkey.test.plugin";
    private static final int CYCLES = 500;

    /** After so many everything that is made once has been made. */
    private static final int WARM = 100;

    private static final long MORE_BYTES = 6L * 1024 * 1024;

    @Inject
    private BundleContext context;

    @Inject
    private Plugins plugins;

    @Inject
    private DirectoryWriter directory;

    /** The plugin uses what is known to pin class loaders: Jackson with a bean of its own. */
    @Configuration
    public Option[] configuration() {
        Path jar = PluginJar.named("org.example.bean").source("Hook", """
                        @Component
                        public final class Hook implements DirectoryHook {
                            public static final class Bean { public String name; public List<Bean> children = List.of(); }
                            private final com.fasterxml.jackson.databind.ObjectMapper mapper =
                                    new com.fasterxml.jackson.databind.ObjectMapper();
                            public Entity entityCreate(Entity entity, Change<Entity> change) {
                                try {
                                    Bean bean = new Bean();
                                    bean.name = entity.id();
                                    String json = mapper.writeValueAsString(bean);
                                    return entity.withKv("bean", List.of(mapper.readValue(json, Bean.class).name));
                                } catch (java.io.IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                        }
                        """).build();
        System.setProperty(JAR, jar.toString());
        return new Option[] {ShippedBundles.server()};
    }

    @Test
    public void fiveHundredCyclesLeaveNoClassLoaderThreadServiceOrMemory() throws Exception {
        Caller root = new Caller("root", EnumSet.allOf(Capability.class), "test", "local", false);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        run(root, loaders, WARM);
        int services = services();
        int threads = Thread.activeCount();
        long bytes = usedBytes();
        run(root, loaders, CYCLES);
        assertEquals("class loaders left", 0, alive(loaders));
        assertEquals("services left", services, services());
        assertTrue("threads left: " + Thread.activeCount(), Thread.activeCount() <= threads + 2);
        long more = usedBytes() - bytes;
        assertTrue("bytes left: " + more, more < MORE_BYTES);
    }

    private void run(Caller root, List<WeakReference<ClassLoader>> loaders, int upTo) throws Exception {
        while (loaders.size() < upTo) {
            loaders.add(cycle(root, "entity" + loaders.size()));
        }
        for (int i = 0; i < 100 && alive(loaders) > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
    }

    private int services() throws Exception {
        return context.getAllServiceReferences(null, null).length;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private WeakReference<ClassLoader> cycle(Caller root, String id) throws IOException {
        try (InputStream jar = Files.newInputStream(Path.of(System.getProperty(JAR)))) {
            plugins.install(jar);
        }
        Entity created = directory.createEntity(root, Entity.named(id), Optional.empty());
        assertEquals(List.of(id), created.kv().get("bean"));
        WeakReference<ClassLoader> loader = new WeakReference<>(
                plugin().orElseThrow().adapt(BundleWiring.class).getClassLoader());
        plugins.remove("org.example.bean");
        assertTrue(plugin().isEmpty());
        return loader;
    }

    private Optional<Bundle> plugin() {
        return Stream.of(context.getBundles())
                .filter(bundle -> "org.example.bean".equals(bundle.getSymbolicName()))
                .findFirst();
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }
}
