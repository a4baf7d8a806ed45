package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.SimpleBindRequest;

/**
 * As whom the directory is searched.
 *
 * @param dn the account's name; empty to search without one
 * @param password its secret
 */
record Account(String dn, String password) {

    SimpleBindRequest bind() {
        return dn.isEmpty() ? new SimpleBindRequest() : new SimpleBindRequest(dn, password);
    }

    @Override
    public String toString() {
        return dn.isEmpty() ? "nobody" : dn;
    }
}
