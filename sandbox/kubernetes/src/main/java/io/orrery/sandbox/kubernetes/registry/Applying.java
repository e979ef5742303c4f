package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.model.Subresource;
import io.orrery.sandbox.kubernetes.registry.Registry.Patched;
import io.orrery.sandbox.kubernetes.store.Key;
import java.util.List;

/** Server-side apply: makes the object if there is none, else merges the intent into it. */
final class Applying {
    private final State state;
    private final Tracking tracking;
    private final Creation creation;
    private final Update update;

    Applying(State state, Tracking tracking, Creation creation, Update update) {
        this.state = state;
        this.tracking = tracking;
        this.creation = creation;
        this.update = update;
    }

    Patched apply(Served served, Key key, Part part, Patch.Apply patch, WriteOptions options) {
        var intent = relevant(served, part, checked(served, key, patch.intent()));
        Strictness.check(served, intent, options);
        return state.store().exclusively(() -> state.store()
                .get(key)
                .map(live -> merge(served, key, part, live, intent, patch.force(), options))
                .orElseGet(() -> create(served, key, part, intent, options)));
    }

    private Patched create(Served served, Key key, Part part, ObjectNode intent, WriteOptions options) {
        if (part != Part.MAIN) {
            throw ApiError.notFound(served.type(), key.name());
        }
        if (!Metadata.of(intent).uid().isEmpty()) {
            throw ApiError.conflict(served.type(), key.name(), "uid mismatch: the object that was meant is gone");
        }
        var bare = State.stored(served, Json.object());
        creation.name(served, key.namespace(), withName(bare, key.name()));
        var object = tracking.applied(served, bare, intent, part, false, options);
        return new Patched(creation.add(served, object, options), true);
    }

    private static ObjectNode withName(ObjectNode object, String name) {
        Metadata.in(object).node().put("name", name);
        return object;
    }

    private Patched merge(
            Served served,
            Key key,
            Part part,
            ObjectNode live,
            ObjectNode intent,
            boolean force,
            WriteOptions options) {
        Update.checkSame(served, key, live, intent);
        var merged = tracking.applied(served, live.deepCopy(), intent, part, force, options);
        return new Patched(
                update.replace(served, key, part, live, Update.onlyThe(part, served, live, merged), options), false);
    }

    private static ObjectNode checked(Served served, Key key, JsonNode body) {
        if (!(body instanceof ObjectNode intent)) {
            throw ApiError.badRequest("an apply patch must be an object");
        }
        var type = served.type();
        if (!intent.path("apiVersion").asText().equals(type.apiVersion())
                || !intent.path("kind").asText().equals(type.kind())) {
            throw ApiError.badRequest("an apply patch must name apiVersion " + type.apiVersion() + " and kind "
                    + type.kind() + ", as its path says");
        }
        if (!Json.isAbsent(Metadata.of(intent).node().get("managedFields"))) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        var copy = intent.deepCopy();
        Json.putIfAbsent(Metadata.in(copy).node(), "name", key.name());
        return copy;
    }

    /** The main resource never owns status, a subresource nothing but its own part. */
    private static ObjectNode relevant(Served served, Part part, ObjectNode intent) {
        if (part == Part.STATUS) {
            intent.retain(List.of("apiVersion", "kind", "metadata", "status"));
            Metadata.in(intent).node().retain(List.of("name", "namespace", "uid", "resourceVersion"));
        } else if (served.type().has(Subresource.STATUS)) {
            intent.remove("status");
        }
        return intent;
    }
}
