package org.latchkey.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The attributes and object classes of the tree (RFC 4512, 4). */
final class Vocabulary {

    static final String UID = "0.9.2342.19200300.100.1.1";
    static final String CN = "2.5.4.3";

    private static final String DN_SYNTAX = "1.3.6.1.4.1.1466.115.121.1.12";

    private final Entry published;
    private final Schema schema;

    private Vocabulary(Entry published, Schema schema) {
        this.published = published;
        this.schema = schema;
    }

    static Vocabulary read() {
        try (InputStream in = Vocabulary.class.getResourceAsStream("schema.ldif")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // DNs are compared after they were written in one way: by the library's rule, names would lose their case.
            Entry compared = entry(text.replace("EQUALITY distinguishedNameMatch", "EQUALITY caseExactMatch"));
            return new Vocabulary(entry(text), Schema.parseSchemaEntry(compared));
        } catch (IOException | LDIFException | LDAPException broken) {
            throw new IllegalStateException("the schema cannot be read", broken);
        }
    }

    private static Entry entry(String text) throws IOException, LDIFException {
        try (LDIFReader reader = new LDIFReader(new BufferedReader(new StringReader(text)))) {
            return reader.readEntry();
        }
    }

    /** The subschema entry, as clients read it. */
    Entry published() {
        return published;
    }

    /** What to compare values by. */
    Schema schema() {
        return schema;
    }

    /** The attribute of that name or OID, without options: this tree has none with any. */
    Optional<AttributeTypeDefinition> attribute(String name) {
        return Optional.ofNullable(schema.getAttributeType(name));
    }

    static boolean isDn(AttributeTypeDefinition attribute) {
        return DN_SYNTAX.equals(attribute.getSyntaxOID());
    }
}
