package org.latchkey.ldap;

import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.Optional;
import org.latchkey.api.service.Directory;

/** The compare operation (RFC 4511, 4.10): it tells no more than a search by the same client would. */
final class Compare {

    private final Settings settings;
    private final Directory directory;
    private final Tree tree;
    private final Vocabulary vocabulary;
    private final Doorkeeper doorkeeper;

    Compare(Settings settings, Directory directory, Tree tree, Vocabulary vocabulary, Doorkeeper doorkeeper) {
        this.settings = settings;
        this.directory = directory;
        this.tree = tree;
        this.vocabulary = vocabulary;
        this.doorkeeper = doorkeeper;
    }

    boolean compare(Session session, CompareRequestProtocolOp request) throws LDAPException {
        Reader reader = doorkeeper.reader(session);
        AttributeTypeDefinition attribute = vocabulary
                .attribute(request.getAttributeName())
                .orElseThrow(
                        () -> new LDAPException(ResultCode.UNDEFINED_ATTRIBUTE_TYPE, "There is no such attribute."));
        Entry entry = entry(request.getDN(), reader, attribute.getNameOrOID());
        if (!entry.hasAttribute(attribute.getNameOrOID())) {
            throw new LDAPException(ResultCode.NO_SUCH_ATTRIBUTE, "The entry does not have it.");
        }
        Filter equal = Filter.createEqualityFilter(
                attribute.getNameOrOID(), request.getAssertionValue().stringValue());
        return new Question(equal, tree, vocabulary).matches(entry);
    }

    private Entry entry(String dn, Reader reader, String needed) throws LDAPException {
        Entries entries = new Entries(directory, tree, settings.attributes(), reader, needed::equalsIgnoreCase);
        Optional<Entry> entry = new Candidates(directory, tree, reader, entries).at(tree.locate(dn));
        return entry.orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no such entry."));
    }
}
