package org.latchkey.cas.proxy;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which callbacks ({@code pgtUrl}) are called at all, so that nobody makes the server call into the network it
 * stands in. Called is https with a host, without user, not the server itself, and only if every address of the host is
 * public. A host that is registered by name is called wherever it is. What is not plainly fine is refused.
 */
public final class CallbackGuard {

    private static final int LONGEST = 2048;

    private final Set<String> inside;
    private final URI self;
    private final Resolver resolver;

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** What may be called: the URL at this address, which is the one that was looked at. */
    record Target(URI url, InetAddress address) {}

    /**
     * @param inside hosts that may have private addresses, as they stand in callbacks: names, or addresses (IPv6 in
     *     brackets)
     * @param self the server's public URL; what is below it is not called
     */
    public CallbackGuard(Collection<String> inside, URI self) {
        this(inside, self, InetAddress::getAllByName);
    }

    CallbackGuard(Collection<String> inside, URI self, Resolver resolver) {
        this.inside = inside.stream().map(CallbackGuard::lower).collect(Collectors.toUnmodifiableSet());
        this.self = self.normalize();
        this.resolver = resolver;
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /** Resolves the host, which can take as long as the system's resolver does. */
    Target check(String pgtUrl) throws CallbackRefused {
        URI url = parse(pgtUrl);
        demand("https".equalsIgnoreCase(url.getScheme()), "it is not https");
        demand(url.getHost() != null, "it has no host");
        demand(url.getRawUserInfo() == null, "it has a user");
        demand(!isSelf(url.normalize()), "it is this server");
        return new Target(url, address(url.getHost()));
    }

    private static URI parse(String pgtUrl) throws CallbackRefused {
        demand(pgtUrl.length() <= LONGEST, "it is too long");
        try {
            return new URI(pgtUrl);
        } catch (URISyntaxException malformed) {
            throw new CallbackRefused("it is no URL");
        }
    }

    private boolean isSelf(URI url) {
        String base = self.getPath().endsWith("/") ? self.getPath() : self.getPath() + "/";
        return url.getHost().equalsIgnoreCase(self.getHost())
                && port(url) == port(self)
                && (url.getPath() + "/").startsWith(base);
    }

    private static int port(URI url) {
        int usual = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        return url.getPort() < 0 ? usual : url.getPort();
    }

    private InetAddress address(String host) throws CallbackRefused {
        InetAddress[] found = resolve(host);
        boolean trusted = inside.contains(lower(host));
        for (InetAddress address : found) {
            demand(trusted || PublicAddress.is(address), "an address of " + host + " is not public");
        }
        return found[0];
    }

    private InetAddress[] resolve(String host) throws CallbackRefused {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException unknown) {
            throw new CallbackRefused("there is no host " + host);
        }
    }

    private static void demand(boolean met, String reason) throws CallbackRefused {
        if (!met) {
            throw new CallbackRefused(reason);
        }
    }
}
