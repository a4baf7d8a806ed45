package org.latchkey.services.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class ReadmeTest {

    @Test
    public void everyMemberIsListedWithItsDefaultAndNoOther() throws IOException {
        StoredService bare = ServiceJson.read("bare", "{\"url\":\"required\"}".getBytes(StandardCharsets.UTF_8));
        List<String> rows = new ArrayList<>();
        ServiceJson.write(bare).properties().forEach(member -> {
            boolean isWord = List.of("match", "logout").contains(member.getKey());
            String value =
                    isWord ? member.getValue().asText() : member.getValue().toString();
            rows.add("`" + member.getKey() + "` " + (value.equals("\"required\"") ? "required" : "`" + value + "`"));
        });
        rows.remove("`name` `\"bare\"`");
        assertThat(Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.matches("\\| `[a-z_]+` \\|.*"))
                        .map(line -> line.split("\\|")[1].strip() + " " + line.split("\\|")[2].strip()))
                .containsExactlyInAnyOrderElementsOf(rows);
    }
}
