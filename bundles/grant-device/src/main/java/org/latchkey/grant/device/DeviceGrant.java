package org.latchkey.grant.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.oauth.Grant;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The device authorization grant (RFC 8628): a device shows a code, somebody enters it in a browser and allows the request,
 * and the device, which has asked meanwhile, gets its tokens.
 */
@Component(configurationPid = "latchkey.grant.device")
@Designate(ocd = DeviceGrant.Config.class)
public final class DeviceGrant implements Grant {

    @ObjectClassDefinition(name = "Latchkey device grant", description = "Sign-in for devices (RFC 8628).")
    public @interface Config {

        @AttributeDefinition(min = "60", max = "3600", description = "How long a code is good, in seconds.")
        int lifeSeconds() default 600;

        @AttributeDefinition(
                min = "1",
                max = "60",
                description = "How long a device has to wait between two questions, in seconds.")
        int intervalSeconds() default 5;

        @AttributeDefinition(
                min = "1",
                description = "How many wrong user codes are looked at within ten minutes, in one session.")
        int guessesPerSession() default 10;

        @AttributeDefinition(
                min = "1",
                description = "How many wrong user codes are looked at within ten minutes, from one address.")
        int guessesPerAddress() default 50;

        @AttributeDefinition(
                min = "1",
                description = "How many wrong user codes are looked at within a minute, in all.")
        int guessesPerMinute() default 600;

        @AttributeDefinition(min = "1", description = "How many codes one address may ask for within a minute.")
        int requestsPerMinute() default 120;
    }

    static final String TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    private static final String AUTHORIZATION = "/device_authorization";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeviceCodes codes;
    private final Polls polls;
    private final DevicePages pages;
    private final Limit requests;
    private final Patience patience;

    @Activate
    public DeviceGrant(
            @Reference SignIn signIn,
            @Reference Sessions sessions,
            @Reference Authentication authentication,
            @Reference Store store,
            Config config) {
        this(
                signIn,
                sessions,
                authentication,
                new DeviceCodes(store, Clock.systemUTC()),
                new Guesses(
                        config.guessesPerSession(),
                        config.guessesPerAddress(),
                        config.guessesPerMinute(),
                        Clock.systemUTC()),
                new Limit(config.requestsPerMinute(), Duration.ofMinutes(1), Clock.systemUTC()),
                new Patience(Duration.ofSeconds(config.lifeSeconds()), Duration.ofSeconds(config.intervalSeconds())),
                Clock.systemUTC());
    }

    /**
     * How long a request is waited for.
     *
     * @param life of the codes
     * @param interval between two questions of the device
     */
    record Patience(Duration life, Duration interval) {}

    DeviceGrant(
            SignIn signIn,
            Sessions sessions,
            Authentication authentication,
            DeviceCodes codes,
            Guesses guesses,
            Limit requests,
            Patience patience,
            Clock clock) {
        this.codes = codes;
        this.polls = new Polls(codes, sessions, clock);
        this.pages = new DevicePages(signIn, authentication, codes, guesses);
        this.requests = requests;
        this.patience = patience;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> metadata(String issuer) {
        return Map.of("device_authorization_endpoint", issuer + AUTHORIZATION);
    }

    @Override
    public Granted grant(TokenRequest request) {
        return polls.answer(request);
    }

    @Override
    public Optional<Response> handle(Instance instance, Request request) throws IOException {
        if (!request.path().equals(AUTHORIZATION)) {
            return pages.answer(instance, request);
        }
        return Optional.of(
                request.method().equals("POST")
                        ? authorization(instance.authenticated(request))
                        : Response.empty(405).withHeader("Allow", "POST"));
    }

    /** RFC 8628, 3.1 and 3.2. */
    private Response authorization(TokenRequest request) {
        if (!request.client().texts("grant_types").contains(TYPE)) {
            throw Refusal.of(
                    Refusal.Kind.INVALID, "unauthorized_client", "The client is not registered for this grant_type.");
        }
        if (!requests.take(Guesses.network(request.http().address()))) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "slow_down", "Too many codes were asked for from this address.");
        }
        Instance instance = request.instance();
        DeviceCodes.Issued issued = codes.add(
                instance.path(),
                request.client().id(),
                instance.scope(request.client(), request.text("scope")),
                patience.life(),
                patience.interval());
        String page = instance.issuer() + DevicePages.PATH;
        String shown = issued.stored().userCode().shown();
        ObjectNode answer = JSON.createObjectNode()
                .put("device_code", issued.deviceCode())
                .put("user_code", shown)
                .put("verification_uri", page)
                .put("verification_uri_complete", page + "?user_code=" + shown)
                .put("expires_in", patience.life().toSeconds())
                .put("interval", patience.interval().toSeconds());
        return Response.of(200, "application/json", bytes(answer)).withHeader("Cache-Control", "no-store");
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
