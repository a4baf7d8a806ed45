package org.latchkey.kernel.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.kernel.jar.Jar;
import org.osgi.framework.Version;

public class StageTest {

    @Test
    public void everyStageIsReachedAndEveryLifeEnds() {
        assertThat(reachableFrom(Stage.STAGED)).isEqualTo(EnumSet.allOf(Stage.class));
        for (Stage stage : Stage.values()) {
            assertThat(reachableFrom(stage)).containsAnyOf(Stage.GONE, Stage.REJECTED);
        }
    }

    private static Set<Stage> reachableFrom(Stage start) {
        Set<Stage> reached = EnumSet.of(start);
        Deque<Stage> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Stage next : open.pop().next()) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    @Test
    public void whatDoesNotFollowIsRefused() {
        Life life = new Life(new Jar(Path.of("x.jar"), "org.x", Version.emptyVersion, "00"));
        assertThatThrownBy(() -> life.advance(Stage.SERVING)).isInstanceOf(IllegalStateException.class);
        life.advance(Stage.CHECKED);
        life.advance(Stage.HELD);
        life.advance(Stage.BAKING);
        assertThat(life.stage()).isEqualTo(Stage.BAKING);
    }

    /** The picture in the README is drawn from these lines. */
    @Test
    public void theReadmeDrawsThisTable() throws Exception {
        String arrows = Stream.of(Stage.values())
                .flatMap(stage -> stage.next().stream().sorted().map(next -> "    " + stage + " --> " + next))
                .collect(Collectors.joining("\n"));
        String readme = Files.readString(Path.of("..", "..", "README.md"));
        assertThat(readme).contains("```mermaid\nstateDiagram-v2\n    [*] --> STAGED\n" + arrows + "\n```");
    }
}
