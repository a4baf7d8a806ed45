package org.latchkey.itest.cas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;

import java.util.Collections;
import org.apereo.cas.client.proxy.Cas20ProxyRetriever;
import org.apereo.cas.client.ssl.HttpsURLConnectionFactory;
import org.apereo.cas.client.validation.Cas20ProxyTicketValidator;
import org.apereo.cas.client.validation.Cas20ServiceTicketValidator;
import org.apereo.cas.client.validation.ProxyList;
import org.latchkey.itest.server.Browser;

/** Applications that act for somebody at other applications: with the Java CAS client, and without. */
public final class ProxyClient {

    private final Browser browser;
    private final String prefix;
    private final Callbacks callbacks;

    /** @param prefix the address of the CAS server, with a slash at its end */
    public ProxyClient(Browser browser, String prefix, Callbacks callbacks) {
        this.browser = browser;
        this.prefix = prefix;
        this.callbacks = callbacks;
    }

    /** Makes an application a proxy, whatever it is validating. */
    public <V extends Cas20ServiceTicketValidator> V proxy(V validator, String callback) {
        validator.setProxyCallbackUrl(callback);
        validator.setProxyGrantingTicketStorage(callbacks.storage());
        validator.setProxyRetriever(new Cas20ProxyRetriever(prefix, "UTF-8", new HttpsURLConnectionFactory()));
        return validator;
    }

    /** Makes an application trust one chain of proxies. */
    public static <V extends Cas20ProxyTicketValidator> V trusting(V validator, String... chain) {
        validator.setAllowedProxyChains(new ProxyList(Collections.singletonList(chain)));
        return validator;
    }

    /** What the server answers at an endpoint. */
    public String validate(String endpoint, String service, String ticket) {
        return browser.get("/cas/" + endpoint + "?service=" + encoded(service) + "&ticket=" + ticket)
                .html();
    }

    /** What it answers to a service that has a session's ticket and wants to be a proxy. */
    public String validateFor(String callback, String service) {
        return validate("serviceValidate", service, browser.ticket(service) + "&pgtUrl=" + encoded(callback));
    }

    /** What it answers to somebody who wants a proxy ticket. */
    public String proxyAnswer(String pgt, String target) {
        Browser.Page page = browser.get("/cas/proxy?pgt=" + pgt + "&targetService=" + encoded(target));
        assertThat(page.status()).as("I9").isEqualTo(200);
        return page.html();
    }

    /** The ticket in such an answer. */
    public String proxyTicket(String pgt, String target) {
        return proxyAnswer(pgt, target).replaceAll("(?s).*<cas:proxyTicket>(.*)</cas:proxyTicket>.*", "$1");
    }
}
