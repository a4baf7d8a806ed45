package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;

/** Writes down every call; throws at one point, if told so. */
final class Recorder implements DirectoryHook {

    /** One call: the point, the value it got, and the plaintext secret it saw, if any. */
    record Call(String point, Object value, Object before, String secret) {}

    final List<Call> calls = new ArrayList<>();
    String throwAt = "";

    List<String> points() {
        return calls.stream().map(Call::point).toList();
    }

    Call only(String point) {
        List<Call> found =
                calls.stream().filter(call -> call.point().equals(point)).toList();
        if (found.size() != 1) {
            throw new AssertionError(point + " was called " + found.size() + " times");
        }
        return found.get(0);
    }

    private <T> T record(String point, T value, Object before, java.util.Optional<Secret> secret) {
        calls.add(new Call(
                point,
                value,
                before,
                secret.map((Function<Secret, String>) shown -> new String(shown.chars()))
                        .orElse("")));
        if (point.equals(throwAt)) {
            throw new IllegalStateException("told to throw");
        }
        return value;
    }

    private <T> T record(String point, T value, Change<T> change) {
        return record(point, value, change.before().orElse(null), change.secret());
    }

    private Entity record(String point, Entity entity, Attempt attempt) {
        return record(point, entity, null, attempt.secret());
    }

    @Override
    public Entity entityCreate(Entity entity, Change<Entity> change) {
        return record("EntityCreate", entity, change);
    }

    @Override
    public Entity entityUpdate(Entity entity, Change<Entity> change) {
        return record("EntityUpdate", entity, change);
    }

    @Override
    public Entity entityLock(Entity entity, Change<Entity> change) {
        return record("EntityLock", entity, change);
    }

    @Override
    public Entity entityUnlock(Entity entity, Change<Entity> change) {
        return record("EntityUnlock", entity, change);
    }

    @Override
    public Entity entityDestroy(Entity entity, Change<Entity> change) {
        return record("EntityDestroy", entity, change);
    }

    @Override
    public Group groupCreate(Group group, Change<Group> change) {
        return record("GroupCreate", group, change);
    }

    @Override
    public Group groupUpdate(Group group, Change<Group> change) {
        return record("GroupUpdate", group, change);
    }

    @Override
    public Group groupDestroy(Group group, Change<Group> change) {
        return record("GroupDestroy", group, change);
    }

    @Override
    public Entity preSecretChange(Entity entity, Change<Entity> change) {
        return record("PreSecretChange", entity, change);
    }

    @Override
    public Entity postSecretChange(Entity entity, Change<Entity> change) {
        return record("PostSecretChange", entity, change);
    }

    @Override
    public Entity preAuthCheck(Entity entity, Attempt attempt) {
        return record("PreAuthCheck", entity, attempt);
    }

    @Override
    public Entity postAuthCheck(Entity entity, Attempt attempt) {
        return record("PostAuthCheck", entity, attempt);
    }

    @Override
    public Entity failedAuthCheck(Entity entity, Attempt attempt) {
        return record("FailedAuthCheck", entity, attempt);
    }

    @Override
    public Entity membershipChange(Entity value, Change<Entity> change) {
        return record("MembershipChange", value, change);
    }

    @Override
    public Entity entityKeyChange(Entity value, Change<Entity> change) {
        return record("EntityKeyChange", value, change);
    }

    @Override
    public Entity entityKvChange(Entity value, Change<Entity> change) {
        return record("EntityKvChange", value, change);
    }

    @Override
    public Entity entityCapabilityChange(Entity value, Change<Entity> change) {
        return record("EntityCapabilityChange", value, change);
    }

    @Override
    public Group groupCapabilityChange(Group value, Change<Group> change) {
        return record("GroupCapabilityChange", value, change);
    }

    @Override
    public Group groupKvChange(Group value, Change<Group> change) {
        return record("GroupKvChange", value, change);
    }

    @Override
    public Group groupRuleChange(Group value, Change<Group> change) {
        return record("GroupRuleChange", value, change);
    }
}
