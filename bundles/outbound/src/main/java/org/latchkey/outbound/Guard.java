package org.latchkey.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.api.service.Outbound.NamedBy;

/** Decides what is called at all, see {@link NamedBy}. What is not plainly fine is refused. */
final class Guard {

    private static final int LONGEST = 2048;

    /** Where clouds answer whoever asks from within with secrets, outside the link-local addresses. */
    private static final Set<String> METADATA =
            Set.of("100.100.100.200", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254");

    private final Set<String> inside;
    private final Set<String> plain;
    private final URI self;
    private final Resolver resolver;

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** What may be called: the URL at one of these addresses, which are those that were looked at. */
    record Target(URI url, List<InetAddress> addresses) {}

    /**
     * @param inside hosts that may have private addresses although requests name them, as they stand in URLs: names, or
     *     addresses (IPv6 in brackets)
     * @param plain hosts that requests may name without https, for tests
     * @param self the server's public URL; what is below it is not called when a request says so
     */
    Guard(Collection<String> inside, Collection<String> plain, URI self, Resolver resolver) {
        this.inside = lower(inside);
        this.plain = lower(plain);
        this.self = self.normalize();
        this.resolver = resolver;
    }

    private static Set<String> lower(Collection<String> hosts) {
        return hosts.stream().map(Guard::lower).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /** Resolves the host, which can take as long as the system's resolver does. */
    Target check(String named, NamedBy by) throws Refused {
        URI url = parse(named);
        boolean web = isSecure(url) || "http".equalsIgnoreCase(url.getScheme());
        demand(web, by == NamedBy.OPERATOR ? "it is neither http nor https" : "it is not https");
        demand(url.getHost() != null, "it has no host");
        demand(url.getRawUserInfo() == null, "it has a user");
        boolean trusted = inside.contains(lower(url.getHost()));
        if (by == NamedBy.REQUEST) {
            demand(isSecure(url) || plain.contains(lower(url.getHost())), "it is not https");
            demand(!isSelf(url.normalize()), "it is this server");
        }
        return new Target(url, addresses(url.getHost(), by, trusted));
    }

    static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static URI parse(String url) throws Refused {
        demand(url.length() <= LONGEST, "it is too long");
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            throw new Refused("it is no URL");
        }
    }

    private boolean isSelf(URI url) {
        String base = self.getPath().endsWith("/") ? self.getPath() : self.getPath() + "/";
        return url.getHost().equalsIgnoreCase(self.getHost())
                && port(url) == port(self)
                && (url.getPath() + "/").startsWith(base);
    }

    static int port(URI url) {
        int usual = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        return url.getPort() < 0 ? usual : url.getPort();
    }

    private List<InetAddress> addresses(String host, NamedBy by, boolean trusted) throws Refused {
        List<InetAddress> found = resolve(host);
        for (InetAddress address : found) {
            if (by == NamedBy.OPERATOR) {
                demand(trusted || mayBeApplication(address), "an address of " + host + " is no application's");
            } else {
                demand(trusted || isPublic(address), "an address of " + host + " is not public");
            }
        }
        return found;
    }

    private static boolean isPublic(InetAddress address) {
        return PublicAddress.is(address) && !METADATA.contains(address.getHostAddress());
    }

    private static boolean mayBeApplication(InetAddress address) {
        return !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !address.isAnyLocalAddress()
                && !METADATA.contains(address.getHostAddress());
    }

    private List<InetAddress> resolve(String host) throws Refused {
        try {
            return List.of(resolver.resolve(host));
        } catch (UnknownHostException unknown) {
            throw new Refused("there is no host " + host);
        }
    }

    private static void demand(boolean met, String reason) throws Refused {
        if (!met) {
            throw new Refused(reason);
        }
    }
}
