package org.latchkey.web.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.Test;

public class AuthoritiesTest {

    private static final KeyPurposeId CLIENTS = KeyPurposeId.id_kp_clientAuth;

    private final Instant now = Instant.now();

    private static Authorities trusting(TestAuthority root) {
        return new Authorities(List.of(root.certificate()), Optional.empty());
    }

    @Test
    public void thePathGoesFromTheCertificateToTheAuthority() throws Exception {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority between = root.below("CN=Between");
        X509Certificate own = between.issue("CN=ada", CLIENTS);
        assertThat(trusting(root).path(List.of(own, between.certificate()), now))
                .containsExactly(own, between.certificate(), root.certificate());
        assertThat(trusting(root).path(List.of(own), now))
                .as("without what is between")
                .isEmpty();
        assertThat(trusting(between).path(List.of(own), now)).containsExactly(own, between.certificate());
    }

    @Test
    public void o24_whatIsNotGoodHasNoPath() throws Exception {
        TestAuthority root = TestAuthority.root("CN=Root");
        X509Certificate own = root.issue("CN=ada", CLIENTS);
        assertThat(trusting(TestAuthority.root("CN=Root")).path(List.of(own), now))
                .as("of one of that name")
                .isEmpty();
        assertThat(trusting(root).path(List.of(own), now.plus(Duration.ofDays(3))))
                .isEmpty();
        assertThat(trusting(root).path(List.of(own), now.minus(Duration.ofDays(3))))
                .isEmpty();
        assertThat(trusting(root).path(List.of(root.issue("CN=ada", KeyPurposeId.id_kp_serverAuth)), now))
                .isEmpty();
        X509Certificate byAClient = new TestAuthority("CN=ada", root.keys(), own).issue("CN=eve", CLIENTS);
        assertThat(trusting(root).path(List.of(byAClient, own), now)).isEmpty();
        assertThat(Authorities.NONE.path(List.of(own), now)).isEmpty();
        assertThat(trusting(root).path(List.of(), now)).isEmpty();
    }

    @Test
    public void whatIsRevokedOrCannotBeToldHasNoPath() throws Exception {
        TestAuthority root = TestAuthority.root("CN=Root");
        X509Certificate gone = root.issue("CN=eve", CLIENTS);
        X509Certificate own = root.issue("CN=ada", CLIENTS);
        Instant later = now.plus(Duration.ofHours(1));
        Authorities strict = new Authorities(List.of(root.certificate()), Optional.of(List.of(root.list(gone, later))));
        assertThat(strict.path(List.of(own), now)).isNotEmpty();
        assertThat(strict.path(List.of(gone), now)).isEmpty();
        Authorities old = new Authorities(
                List.of(root.certificate()), Optional.of(List.of(root.list(gone, now.minusSeconds(1800)))));
        assertThat(old.path(List.of(own), now)).as("the list is out of date").isEmpty();
        Authorities without = new Authorities(List.of(root.certificate()), Optional.of(List.of()));
        assertThat(without.path(List.of(own), now)).isEmpty();
    }
}
