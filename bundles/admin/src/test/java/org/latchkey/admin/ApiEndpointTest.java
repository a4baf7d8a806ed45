package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;

public class ApiEndpointTest {

    private final TestApi api = new TestApi();

    @Test
    public void withoutATokenEveryPathThatIsNotPublicLooksTheSame() throws IOException {
        for (String path : new String[] {"/v1/entities", "/v1/nothing", "/v2/entities", "/", "/v1", "/v1/entities/"}) {
            for (String method : new String[] {"GET", "POST", "DELETE"}) {
                TestApi.Reply reply = api.send(FakeRequest.of(method, path));
                assertThat(reply.status()).as("%s %s", method, path).isEqualTo(401);
                assertThat(reply.text()).isEqualTo("This needs a valid bearer token.");
            }
        }
    }

    @Test
    public void withATokenAnUnknownPathIsNotFound() throws IOException {
        for (String path :
                new String[] {"/v1/nothing", "/v2/entities", "/", "/v1", "/v1/entities/", "/v1/entities/x/y"}) {
            assertThat(api.as("root", FakeRequest.of("GET", path)).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    public void anotherMethodIsNotAllowed() throws IOException {
        TestApi.Reply reply = api.asRoot("DELETE", "/entities");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("Allow", "GET, POST, HEAD, OPTIONS");
        assertThat(api.send(FakeRequest.of("GET", "/v1/auth/token")).status()).isEqualTo(405);
    }

    @Test
    public void optionsTellsTheMethods() throws IOException {
        TestApi.Reply reply = api.send(FakeRequest.of("OPTIONS", "/v1/groups/staff/members/x"));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers()).containsEntry("Allow", "DELETE, PUT, OPTIONS");
    }

    @Test
    public void a04_nothingChangesByGet() throws IOException {
        for (String path : new String[] {"/entities/nobody/lock", "/entities/nobody/secret"}) {
            assertThat(api.asRoot("GET", path).status()).as(path).isEqualTo(405);
        }
        assertThat(api.directory.callers).isEmpty();
    }

    @Test
    public void anotherMediaTypeIsNotTaken() throws IOException {
        FakeRequest request = FakeRequest.of("POST", "/v1/entities");
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""}) {
            TestApi.Reply reply = api.as("root", request.withBody(type, "{\"id\":\"x\"}"));
            assertThat(reply.status()).as(type).isEqualTo(415);
            assertThat(reply.headers()).containsEntry("Accept", "application/json");
        }
        assertThat(api.as("root", request.withBody("Application/JSON; charset=utf-8", "{\"id\":\"x\"}"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    public void p11_anUploadIsNotReadBeforeItsTokenIs() throws IOException {
        FakeRequest upload = FakeRequest.of("POST", "/v1/plugins").withBody("application/java-archive", "x");
        assertThat(api.send(upload).status()).isEqualTo(401);
        assertThat(api.as("nobody", upload).status()).isEqualTo(403);
        assertThat(api.plugins.list()).isEmpty();
    }
}
