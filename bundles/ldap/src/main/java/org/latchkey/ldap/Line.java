package org.latchkey.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection of a client, as a socket that becomes encrypted while it is in use: at once (LDAPS) or after StartTLS
 * (RFC 4511, 4.14). The library's own way does not carry its limit of message size over to the encrypted part.
 *
 * <p>Used by the one thread of its connection; only the time of the last message and {@link #close} by others.
 */
final class Line extends Socket implements Messages.Source {

    private final Socket raw;
    private final Messages messages;
    private final boolean trusted;
    private InputStream in;
    private OutputStream out;
    private Optional<SSLSocketFactory> pending = Optional.empty();
    private volatile boolean encrypted;
    private volatile boolean known;
    private volatile boolean busy;
    private volatile long lastHeard = System.nanoTime();

    /**
     * @param longest how many bytes a message may have
     * @param trusted whether secrets may be read on it though it is not encrypted
     */
    Line(Socket raw, int longest, boolean trusted) throws IOException {
        this.raw = raw;
        this.messages = new Messages(this, longest);
        this.trusted = trusted || raw.getInetAddress().isLoopbackAddress();
        this.in = raw.getInputStream();
        this.out = raw.getOutputStream();
    }

    private Line() {
        this.raw = new Socket();
        this.messages = new Messages(this, 0);
        this.trusted = false;
        this.in = InputStream.nullInputStream();
        this.out = OutputStream.nullOutputStream();
    }

    /** With nobody at the other end, whom nothing is told. */
    static Line none() {
        return new Line();
    }

    /** What is read from now on is encrypted; what is about to be written is not, if it answers the last message. */
    void encryptFromNextMessage(SSLSocketFactory factory) {
        pending = Optional.of(factory);
    }

    /** The peer's IP address. */
    String address() {
        return raw.getInetAddress().getHostAddress();
    }

    boolean isEncrypted() {
        return encrypted || pending.isPresent();
    }

    /** Whether nobody on the network can listen, as far as the operator has it that way. */
    boolean isPrivate() {
        return isEncrypted() || trusted;
    }

    /** Whether somebody is signed in on it. */
    void known(boolean changed) {
        known = changed;
    }

    boolean isKnown() {
        return known;
    }

    /** A request is being answered until {@link #answered}. */
    boolean isBusy() {
        return busy;
    }

    void answered() {
        busy = false;
        lastHeard = System.nanoTime();
    }

    /** Something is on its way to the client, who takes it. */
    void alive() {
        lastHeard = System.nanoTime();
    }

    long silentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastHeard);
    }

    @Override
    public InputStream next() throws IOException {
        if (pending.isPresent()) {
            SSLSocket encrypting = (SSLSocket) pending.get().createSocket(raw, InputStream.nullInputStream(), true);
            encrypting.startHandshake();
            in = encrypting.getInputStream();
            out = encrypting.getOutputStream();
            encrypted = true;
            pending = Optional.empty();
        }
        return in;
    }

    @Override
    public void arrived() {
        busy = true;
        lastHeard = System.nanoTime();
    }

    @Override
    public InputStream getInputStream() {
        return messages;
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    /** Cuts it at once, also when its thread is stuck writing to a client that does not read. */
    @Override
    public void close() throws IOException {
        raw.close();
    }

    @Override
    public boolean isClosed() {
        return raw.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return raw.getInetAddress();
    }

    @Override
    public int getPort() {
        return raw.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return raw.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return raw.getLocalPort();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        raw.setKeepAlive(on);
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        raw.setReuseAddress(on);
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        raw.setSoLinger(on, seconds);
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        raw.setTcpNoDelay(on);
    }
}
