package org.latchkey.directory;

import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The built-in authenticator. For the entities that it holds its word is final; others may know the rest. */
@Component(property = Authenticator.CONTROL + "=requisite")
public final class DirectoryAuthenticator implements Authenticator {

    private final SignIn signIn;

    @Activate
    public DirectoryAuthenticator(@Reference SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Verdict authenticate(Attempt attempt) {
        return signIn.judge(attempt);
    }
}
