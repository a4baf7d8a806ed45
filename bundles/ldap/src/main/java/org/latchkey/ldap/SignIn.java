package org.latchkey.ldap;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.ldap.Place.Kind;

/** The bind operation (RFC 4511, 4.2): simple, with the DN of an entity and its secret. */
final class SignIn {

    private static final int V3 = 3;

    private final Authentication authentication;
    private final Directory directory;
    private final ExtensionPoints points;
    private final Tree tree;

    SignIn(Authentication authentication, Directory directory, ExtensionPoints points, Tree tree) {
        this.authentication = authentication;
        this.directory = directory;
        this.points = points;
        this.tree = tree;
    }

    /** Signs somebody in, or refuses; whoever was signed in before is not any more. */
    void bind(Session session, BindRequestProtocolOp request) throws LDAPException {
        session.signOut();
        if (request.getVersion() != V3) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "This is an LDAP v3 server.");
        }
        if (request.getCredentialsType() != BindRequestProtocolOp.CRED_TYPE_SIMPLE) {
            throw new LDAPException(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "Only simple binds are supported.");
        }
        Doorkeeper.requirePrivate(session);
        byte[] secret = request.getSimplePassword().getValue();
        Place place = tree.locate(request.getBindDN());
        if (secret.length == 0) {
            refuseUnauthenticated(place);
            return;
        }
        if (!place.is(Kind.ENTITY)) {
            throw wrong();
        }
        session.signIn(holder(principal(session.line(), place.name(), secret)));
    }

    /**
     * No name and no secret is nobody (RFC 4513, 5.1.1), which is allowed and gains nothing. A name without a secret is
     * refused (5.1.2): software that does not look would take the success for a sign-in.
     */
    private static void refuseUnauthenticated(Place place) throws LDAPException {
        if (!place.is(Kind.ROOT)) {
            throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "A bind with a name needs a secret.");
        }
    }

    private Principal principal(Line line, String id, byte[] bytes) throws LDAPException {
        Caller caller =
                new Caller("anonymous", Set.of(), UUID.randomUUID().toString().replace("-", ""), line.address(), false);
        ExtensionPoints.Scope scope = points.whenStuck(() -> Lines.cut(line));
        try (Secret secret = Secret.of(characters(bytes))) {
            return authentication
                    .authenticate(new Attempt(id, Optional.of(secret), caller))
                    .orElseThrow(SignIn::wrong);
        } finally {
            scope.close();
        }
    }

    /** Who it is may be another name than was given, if a plugin says so. */
    private Session.Holder holder(Principal principal) {
        Optional<Entity> entity = Range.isName(principal.id()) ? directory.entity(principal.id()) : Optional.empty();
        return new Session.Holder(principal.id(), tree.entity(principal.id()), entity.map(Entity::number));
    }

    private static char[] characters(byte[] utf8) throws LDAPException {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            char[] characters = new char[decoded.remaining()];
            decoded.get(characters);
            Arrays.fill(decoded.array(), '\0');
            return characters;
        } catch (CharacterCodingException noText) {
            throw wrong();
        }
    }

    private static LDAPException wrong() {
        return new LDAPException(ResultCode.INVALID_CREDENTIALS, "The name or the secret is wrong.");
    }
}
