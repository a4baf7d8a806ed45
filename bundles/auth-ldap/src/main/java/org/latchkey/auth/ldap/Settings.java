package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/**
 * A configuration that makes sense.
 *
 * @param addresses the servers, the preferred one first
 * @param startTls whether {@code ldap} connections turn to TLS before anything else is said
 * @param sockets makes TLS connections to servers whose certificates are believed
 * @param account as whom entries are looked for
 * @param base where entries of people are
 * @param filter which of them somebody is
 * @param userDn the name of everybody's entry, if nobody has to look for it
 * @param idAttribute what becomes the id; the name they typed if there is none
 * @param attributes which attribute becomes which claim
 * @param groupAttribute which attribute of an entry has the DNs of its groups
 * @param groupSearch how groups are looked for instead
 * @param groups what groups are called here
 * @param times how long things may take
 * @param connections how many sign-ins at once
 */
record Settings(
        List<Address> addresses,
        boolean startTls,
        SSLSocketFactory sockets,
        Account account,
        DN base,
        FilterTemplate filter,
        Optional<DnTemplate> userDn,
        Optional<String> idAttribute,
        Map<String, String> attributes,
        String groupAttribute,
        Optional<GroupSearch> groupSearch,
        GroupNames groups,
        Times times,
        int connections) {

    /** The deadline of the chain is 10 s, and whoever takes 8 s again and again is put in quarantine. */
    private static final int LONGEST = 8000;

    /** Groups that are found by a filter under a base, and the attribute that has their name. */
    record GroupSearch(String base, FilterTemplate filter, String name) {}

    /** For a connection, for an answer, for a whole sign-in, and until a server that failed is asked again. */
    record Times(Duration connect, Duration response, Duration total, Duration retry) {}

    /**
     * Checks the configuration.
     *
     * @param folder that relative names of files begin in
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Settings of(LdapSignIn.Config config, Path folder) {
        List<Address> addresses = Stream.of(config.urls()).map(Address::of).toList();
        require(!addresses.isEmpty(), "urls must name a server, such as ldaps://ldap.example.org");
        boolean startTls =
                oneOf("startTls", config.startTls(), "required", "no").equals("required");
        for (Address each : addresses) {
            require(
                    startTls || each.encrypted() || each.isThisMachine() || config.allowPlain(),
                    each + " without StartTLS would carry secrets over the network in the clear: use ldaps, or"
                            + " startTls=\"required\", or allowPlain if you know why");
        }
        require(
                config.bindDn().isEmpty() == config._bindPassword().isEmpty(),
                "bindDn and .bindPassword must both be set, or neither");
        oneOf("latchkey.control", config.latchkey_control(), "sufficient", "requisite");
        return new Settings(
                addresses,
                startTls,
                sockets(config, folder),
                new Account(
                        config.bindDn().isEmpty()
                                ? ""
                                : dn("bindDn", config.bindDn()).toString(),
                        config._bindPassword()),
                config.userDn().isEmpty() ? dn("base", config.base()) : DN.NULL_DN,
                FilterTemplate.of("filter", config.filter(), "{username}"),
                given(config.userDn()).map(DnTemplate::of),
                given(config.idAttribute()),
                attributes(config.attributes()),
                config.groupAttribute(),
                groupSearch(config),
                GroupNames.of(config.groups(), others(config.otherGroups())),
                times(config),
                within("connections", config.connections(), 1, 1000));
    }

    /** Whether it has to be looked up that an id is one person's. A name that was typed has just been looked up. */
    boolean checksId() {
        return idAttribute.isPresent() && userDn.isEmpty();
    }

    private static SSLSocketFactory sockets(LdapSignIn.Config config, Path folder) {
        require(config.caFile().isEmpty() || config.trustStore().isEmpty(), "set caFile or trustStore, not both");
        if (!config.caFile().isEmpty()) {
            return Trust.ofPem(folder.resolve(config.caFile()));
        }
        return config.trustStore().isEmpty()
                ? Trust.ofJava()
                : Trust.ofStore(
                        folder.resolve(config.trustStore()),
                        config._trustStorePassword().toCharArray());
    }

    private static Optional<GroupSearch> groupSearch(LdapSignIn.Config config) {
        require(
                config.groupFilter().isEmpty() == config.groupBase().isEmpty(),
                "groupBase and groupFilter must both be set, or neither");
        return given(config.groupFilter())
                .map(filter -> new GroupSearch(
                        dn("groupBase", config.groupBase()).toString(),
                        FilterTemplate.of("groupFilter", filter, "{dn}", "{id}"),
                        config.groupName()));
    }

    private static GroupNames.Others others(String word) {
        return oneOf("otherGroups", word, "ignore", "keep").equals("keep")
                ? GroupNames.Others.KEEP
                : GroupNames.Others.IGNORE;
    }

    private static Times times(LdapSignIn.Config config) {
        return new Times(
                millis("connectMillis", config.connectMillis(), LONGEST),
                millis("responseMillis", config.responseMillis(), LONGEST),
                millis("totalMillis", config.totalMillis(), LONGEST),
                millis("retryMillis", config.retryMillis(), 3_600_000));
    }

    private static Duration millis(String name, int value, int most) {
        return Duration.ofMillis(within(name, value, 100, most));
    }

    private static Map<String, String> attributes(String[] pairs) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            require(
                    parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank(),
                    "attributes are written attribute=claim, not " + pair);
            require(
                    attributes.put(parts[0].strip(), parts[1].strip()) == null,
                    "attributes names " + parts[0].strip() + " twice");
        }
        return attributes;
    }

    private static DN dn(String setting, String text) {
        try {
            DN dn = new DN(text);
            require(!dn.isNullDN(), setting + " must be a DN, such as ou=people,dc=example,dc=org");
            return dn;
        } catch (LDAPException malformed) {
            throw new IllegalArgumentException(setting + " is not a DN: " + malformed.getMessage(), malformed);
        }
    }

    private static Optional<String> given(String value) {
        return Optional.of(value).filter(text -> !text.isBlank()).map(String::strip);
    }

    private static String oneOf(String name, String value, String one, String other) {
        require(value.equals(one) || value.equals(other), name + " must be " + one + " or " + other + ", not " + value);
        return value;
    }

    private static int within(String name, int value, int least, int most) {
        require(value >= least && value <= most, name + " must be " + least + " to " + most + ", not " + value);
        return value;
    }

    private static void require(boolean fulfilled, String sentence) {
        if (!fulfilled) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
