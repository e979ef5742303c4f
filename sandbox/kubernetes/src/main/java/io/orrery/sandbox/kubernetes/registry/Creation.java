package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.model.Subresource;
import io.orrery.sandbox.kubernetes.store.Key;
import java.util.ArrayList;
import java.util.UUID;

/** The verb create (upstream: registry/rest/create.go and generic/registry/store.go). */
final class Creation {
    private final State state;
    private final Tracking tracking;

    Creation(State state, Tracking tracking) {
        this.state = state;
        this.tracking = tracking;
    }

    ObjectNode create(Served served, String namespace, ObjectNode body, WriteOptions options) {
        return state.store().exclusively(() -> {
            var object = State.stored(served, body.deepCopy());
            name(served, namespace, object);
            Strictness.check(served, object, options);
            served.strategy().normalize(object);
            if (served.type().has(Subresource.STATUS)) {
                object.remove("status");
            }
            tracking.created(served, object, options);
            return add(served, object, options);
        });
    }

    /** Stores an object whose managed fields are settled. Called with the store held. */
    ObjectNode add(Served served, ObjectNode object, WriteOptions options) {
        var type = served.type();
        var metadata = Metadata.in(object);
        var name = metadata.name();
        state.catalog()
                .find("", "v1", "namespaces")
                .ifPresent(namespaces ->
                        Namespaces.checkOpen(state.store(), namespaces, type, metadata.namespace(), name));
        var key = Key.of(type, metadata.namespace(), name);
        if (state.store().get(key).isPresent()) {
            throw ApiError.alreadyExists(type, name);
        }
        stamp(served, object);
        check(served, object);
        if (options.dryRun()) {
            return State.in(served, object);
        }
        var stored = state.store().put(key, object);
        served.strategy().stored(stored);
        return State.in(served, stored);
    }

    /** Settles name and namespace; the path's namespace wins, and must agree with the body's. */
    void name(Served served, String namespace, ObjectNode object) {
        var metadata = Metadata.in(object);
        var node = metadata.node();
        if (served.type().namespaced()) {
            if (!metadata.namespace().isEmpty() && !metadata.namespace().equals(namespace)) {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the" + " request");
            }
            node.put("namespace", namespace);
        } else {
            node.remove("namespace");
        }
        if (metadata.name().isEmpty()) {
            var base = node.path("generateName").asText("");
            if (base.isEmpty()) {
                throw ApiError.invalid(served.type(), "", Names.required());
            }
            node.put("name", Names.generated(base));
        }
        if (!metadata.resourceVersion().isEmpty() && !metadata.resourceVersion().equals("0")) {
            throw ApiError.badRequest("resourceVersion should not be set on objects to be created");
        }
        node.remove("resourceVersion");
    }

    private void stamp(Served served, ObjectNode object) {
        var node = Metadata.in(object).node();
        node.put("uid", UUID.randomUUID().toString());
        node.put("creationTimestamp", state.now().toString());
        node.remove("deletionTimestamp");
        node.remove("deletionGracePeriodSeconds");
        node.remove("selfLink");
        node.remove("generation");
        if (served.type().generational()) {
            node.put("generation", 1);
        }
        if (served.type().has(Subresource.STATUS)) {
            object.remove("status");
        }
        served.strategy().normalize(object);
        served.strategy().prepareCreate(object);
    }

    private static void check(Served served, ObjectNode object) {
        var name = Metadata.of(object).name();
        var causes = new ArrayList<ApiError.Cause>();
        Names.problem(served.type(), name).ifPresent(causes::add);
        causes.addAll(ObjectRules.problems(object));
        causes.addAll(served.strategy().validate(object));
        if (!causes.isEmpty()) {
            throw ApiError.invalid(served.type(), name, causes);
        }
    }
}
