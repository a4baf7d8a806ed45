package org.latchkey.oauth;

import java.security.Provider;
import java.util.Optional;
import org.latchkey.api.http.ClientCertificates;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.client.Documents;
import org.latchkey.oauth.scope.ConfiguredScopes;

/** What an instance stands on. */
record Surroundings(
        ExtensionPoints points,
        SignIn signIn,
        Sessions sessions,
        Authentication authentication,
        Directory directory,
        Store store,
        Tokens tokens,
        Audit audit,
        Outbox outbox,
        Outbound outbound,
        Documents documents,
        Optional<Provider> provider,
        ClientCertificates certificates,
        Schemes schemes,
        ConfiguredScopes scopes) {}
