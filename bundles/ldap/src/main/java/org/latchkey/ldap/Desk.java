package org.latchkey.ldap;

import java.util.Optional;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;

/**
 * Whom a conversation turns to.
 *
 * @param signIn for binds
 * @param search for searches
 * @param compare for comparisons
 * @param doorkeeper who says what somebody may see
 * @param certificate to begin TLS with, if there is one
 */
record Desk(SignIn signIn, Search search, Compare compare, Doorkeeper doorkeeper, Optional<Certificate> certificate) {

    static Desk of(Settings settings, Directory directory, Authentication authentication, ExtensionPoints points) {
        Tree tree = new Tree(settings.baseDn());
        Vocabulary vocabulary = Vocabulary.read();
        Doorkeeper doorkeeper = new Doorkeeper(directory, settings.allowAnonymous());
        return new Desk(
                new SignIn(authentication, directory, points, tree),
                new Search(settings, directory, tree, vocabulary, doorkeeper),
                new Compare(settings, directory, tree, vocabulary, doorkeeper),
                doorkeeper,
                Optional.empty());
    }

    Desk withEncryption(Optional<Certificate> given) {
        return new Desk(signIn, search, compare, doorkeeper, given);
    }
}
