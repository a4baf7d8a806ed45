package org.latchkey.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Secret;
import org.latchkey.api.service.Transfer;

/** Counts the lines it is given, and gives two. */
final class FakeTransfer implements Transfer {

    final List<Options> asked = new ArrayList<>();

    @Override
    public Report read(Caller caller, InputStream lines, Options options) throws IOException {
        asked.add(options);
        long count =
                new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().count();
        return new Report(count, Map.of("entity", count), 0, List.of());
    }

    @Override
    public void write(Caller caller, OutputStream lines, Optional<Secret> passphrase) throws IOException {
        lines.write("{\"kind\":\"group\"}\n{\"kind\":\"end\"}\n".getBytes(StandardCharsets.UTF_8));
    }
}
