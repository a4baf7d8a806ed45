package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;
import org.latchkey.api.Capability;

public class CapabilityRoutesTest {

    private final TestApi api = new TestApi();

    @Test
    public void grantsAndRevokesOneAtATime() throws IOException {
        api.asRoot("PUT", "/entities/nobody/capabilities/LOCK_ENTITY");
        assertThat(api.asRoot("PUT", "/entities/nobody/capabilities/create_group")
                        .status())
                .isEqualTo(204);
        assertThat(api.directory.entities.get("nobody").capabilities())
                .containsExactlyInAnyOrder(Capability.LOCK_ENTITY, Capability.CREATE_GROUP);
        assertThat(api.asRoot("DELETE", "/entities/nobody/capabilities/LOCK_ENTITY")
                        .status())
                .isEqualTo(204);
        assertThat(api.directory.entities.get("nobody").capabilities()).containsExactly(Capability.CREATE_GROUP);
    }

    @Test
    public void groupsConferThem() throws IOException {
        api.asRoot("PUT", "/groups/staff/capabilities/LOCK_ENTITY");
        assertThat(api.directory.groups.get("staff").capabilities()).containsExactly(Capability.LOCK_ENTITY);
        api.asRoot("DELETE", "/groups/staff/capabilities/LOCK_ENTITY");
        assertThat(api.directory.groups.get("staff").capabilities()).isEmpty();
    }

    @Test
    public void row62_showsTheDirectOnesAndThoseInEffect() throws IOException {
        api.asRoot("PUT", "/groups/staff/capabilities/LOCK_ENTITY");
        api.asRoot("PUT", "/entities/nobody/capabilities/CREATE_GROUP");
        api.asRoot("PUT", "/groups/staff/members/nobody");
        assertThat(api.asRoot("GET", "/entities/nobody/capabilities").text())
                .isEqualTo("{\"direct\":[\"CREATE_GROUP\"],\"effective\":[\"LOCK_ENTITY\",\"CREATE_GROUP\"]}");
        assertThat(api.asRoot("GET", "/groups/staff/capabilities").text())
                .isEqualTo("{\"capabilities\":[\"LOCK_ENTITY\"]}");
        assertThat(api.asRoot("GET", "/entities/unknown/capabilities").status()).isEqualTo(404);
        assertThat(api.asRoot("GET", "/groups/unknown/capabilities").status()).isEqualTo(404);
    }

    @Test
    public void thereIsNoOtherCapability() throws IOException {
        assertThat(api.asRoot("PUT", "/entities/nobody/capabilities/FLY").status())
                .isEqualTo(404);
        assertThat(api.asRoot("PUT", "/entities/unknown/capabilities/LOCK_ENTITY")
                        .status())
                .isEqualTo(404);
    }
}
