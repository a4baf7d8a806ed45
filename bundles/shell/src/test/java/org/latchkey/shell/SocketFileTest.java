package org.latchkey.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SocketFileTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path path() {
        return folder.getRoot().toPath().resolve("data/shell.sock");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    public void a13_onlyTheOwnerMayOpenIt() throws IOException {
        try (SocketFile socket = SocketFile.open(path())) {
            assertThat(socket.channel().isOpen()).isTrue();
            assertThat(mode(path())).isEqualTo("rw-------");
            assertThat(mode(path().getParent())).isEqualTo("rwx------");
        }
    }

    @Test
    public void a13_aDirectoryThatIsOpenToOthersDoesNotOpenTheSocket() throws IOException {
        Files.createDirectory(path().getParent());
        Files.setPosixFilePermissions(path().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        try (SocketFile socket = SocketFile.open(path())) {
            assertThat(mode(path())).isEqualTo("rw-------");
            assertThat(socket.channel().isOpen()).isTrue();
            assertThat(path().getParent()).isDirectoryNotContaining("glob:**/.shell*");
        }
    }

    @Test
    public void whatADeadServerLeftIsReplaced() throws IOException {
        Files.createDirectory(path().getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path()));
        }
        assertThat(path()).exists();

        try (SocketFile socket = SocketFile.open(path());
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            assertThat(client.isConnected()).isTrue();
            assertThat(socket.channel().isOpen()).isTrue();
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    public void aLivingServerIsNotReplaced() throws IOException {
        try (SocketFile living = SocketFile.open(path())) {
            assertThatThrownBy(() -> SocketFile.open(path()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another server");
            assertThat(living.channel().isOpen()).isTrue();
            assertThat(path()).exists();
        }
    }

    @Test
    public void closingLeavesASuccessorsSocket() throws IOException {
        SocketFile first = SocketFile.open(path());
        Files.delete(path());
        try (SocketFile second = SocketFile.open(path())) {
            first.close();
            assertThat(path()).exists();
            assertThat(second.channel().isOpen()).isTrue();
        }
    }

    @Test
    public void theDataDirectoryMayBeALink() throws IOException {
        Files.createSymbolicLink(
                path().getParent(), folder.newFolder("elsewhere").toPath());
        try (SocketFile socket = SocketFile.open(path())) {
            assertThat(socket.channel().isOpen()).isTrue();
            assertThat(mode(path())).isEqualTo("rw-------");
        }
    }

    @Test
    public void aPathTooLongForASocketAddressWorks() throws IOException {
        Path deep = folder.getRoot()
                .toPath()
                .resolve("d".repeat(80))
                .resolve("e".repeat(80))
                .resolve("shell.sock");
        try (SocketFile socket = SocketFile.open(deep);
                ShortPath reached = ShortPath.to(deep);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(reached.path()))) {
            assertThat(client.isConnected()).isTrue();
            assertThat(socket.channel().isOpen()).isTrue();
            assertThat(mode(deep)).isEqualTo("rw-------");
        }
        assertThat(deep).doesNotExist();
    }
}
