package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.ldap.TestLdap.await;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;

/** A client costs a thread, and the kernel rolls back what starts too many of them while it is on probation. */
public class CrowdTest {

    private static final int FEW = 24;

    @Rule
    public final TestLdap ldap = new TestLdap();

    @Test
    public void onProbationThoseBeyondAFewWaitAndAreServedAfterIt() throws Exception {
        ldap.probation = true;
        List<LDAPConnection> few = new ArrayList<>();
        for (int each = 0; each < FEW; each++) {
            LDAPConnection client = ldap.client();
            assertThat(client.getRootDSE()).isNotNull();
            few.add(client);
        }
        CompletableFuture<Boolean> another = CompletableFuture.supplyAsync(() -> {
            try {
                return ldap.client().getRootDSE() != null;
            } catch (LDAPException cut) {
                throw new AssertionError(cut);
            }
        });
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(another.isDone()).isFalse();
        assertThat(ldap.connections()).isEqualTo(FEW);
        ldap.probation = false;
        assertThat(another.get(30, TimeUnit.SECONDS)).isTrue();
        few.forEach(LDAPConnection::close);
        await(() -> ldap.connections() == 1);
    }
}
