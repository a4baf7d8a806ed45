package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import java.util.List;

/** What the server says of itself to everybody (RFC 4512, 5.1). */
final class RootEntry {

    /** "Treat referrals as entries" (RFC 3296): there are none, so it changes nothing, and some clients insist. */
    static final String MANAGE_DSA_IT = "2.16.840.1.113730.3.4.2";

    /** The controls that searches understand. */
    static final List<String> CONTROLS = List.of(SimplePagedResultsControl.PAGED_RESULTS_OID, MANAGE_DSA_IT);

    /** "All operational attributes" (RFC 3673) and "true and false filters" (RFC 4526). */
    private static final List<String> FEATURES = List.of("1.3.6.1.4.1.4203.1.5.1", "1.3.6.1.4.1.4203.1.5.3");

    private RootEntry() {}

    static Entry of(Tree tree, boolean startsTls) {
        Entry entry = new Entry("");
        entry.addAttribute("objectClass", "top");
        entry.addAttribute("namingContexts", tree.base());
        entry.addAttribute("subschemaSubentry", Tree.SUBSCHEMA);
        entry.addAttribute("supportedLDAPVersion", "3");
        entry.addAttribute("supportedControl", CONTROLS);
        entry.addAttribute("supportedFeatures", FEATURES);
        entry.addAttribute("supportedExtension", WhoAmIExtendedRequest.WHO_AM_I_REQUEST_OID);
        if (startsTls) {
            entry.addAttribute("supportedExtension", StartTLSExtendedRequest.STARTTLS_REQUEST_OID);
        }
        entry.addAttribute("vendorName", "Latchkey");
        return entry;
    }
}
