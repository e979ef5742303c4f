package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.model.Subresource;
import io.orrery.sandbox.kubernetes.store.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** The verb update, and the end of every patch (upstream: registry/rest/update.go and generic/registry/store.go). */
final class Update {
    private final State state;
    private final Tracking tracking;

    Update(State state, Tracking tracking) {
        this.state = state;
        this.tracking = tracking;
    }

    /** The change gets a copy of the object, as this version shows it, and gives the object that is wished for. */
    ObjectNode update(Served served, Key key, Part part, WriteOptions options, UnaryOperator<ObjectNode> change) {
        return state.store().exclusively(() -> {
            var before = state.copyOf(served, key);
            var wished = State.stored(served, change.apply(State.in(served, before)));
            checkSame(served, key, before, wished);
            Strictness.check(served, wished, options);
            var after = onlyThe(part, served, before, wished);
            served.strategy().normalize(after);
            tracking.updated(served, before, after, part, options);
            return replace(served, key, part, before, after, options);
        });
    }

    /** Stores an object whose managed fields are settled. Called with the store held. */
    ObjectNode replace(Served served, Key key, Part part, ObjectNode before, ObjectNode after, WriteOptions options) {
        served.strategy().normalize(after);
        served.strategy().prepareUpdate(before, after);
        count(served, before, after);
        if (Unchanged.apartFromTimes(before, after)) {
            return State.in(served, before);
        }
        check(served, part, before, after);
        if (options.dryRun()) {
            return State.in(served, after);
        }
        if (isReleased(after)) {
            var last = state.store().remove(key).orElseThrow();
            served.strategy().removed(last);
            return State.in(served, after);
        }
        var stored = state.store().put(key, after);
        served.strategy().stored(stored);
        return State.in(served, stored);
    }

    static void checkSame(Served served, Key key, ObjectNode before, ObjectNode wished) {
        var was = Metadata.of(before);
        var is = Metadata.of(wished);
        if (!is.name().equals(key.name())) {
            throw ApiError.badRequest("the name of the object (" + is.name() + ") does not match the name on the URL ("
                    + key.name() + ")");
        }
        if (served.type().namespaced()
                && !is.namespace().isEmpty()
                && !is.namespace().equals(key.namespace())) {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        var version = is.resourceVersion();
        if (!version.isEmpty() && !version.equals("0") && !version.equals(was.resourceVersion())) {
            throw ApiError.stale(served.type(), key.name());
        }
        if (!is.uid().isEmpty() && !is.uid().equals(was.uid())) {
            throw ApiError.conflict(
                    served.type(),
                    key.name(),
                    "Precondition failed: UID in precondition: " + is.uid() + ", UID in object meta: " + was.uid());
        }
    }

    /** The wish where the part lets it through, the object as it was elsewhere. */
    static ObjectNode onlyThe(Part part, Served served, ObjectNode before, ObjectNode wished) {
        var after =
                switch (part) {
                    case MAIN, SCALE, BINDING -> wished;
                    case STATUS -> statusOf(wished, before, served);
                    case FINALIZE -> {
                        var finalized = before.deepCopy();
                        Json.replace(
                                Json.child(finalized, "spec"),
                                "finalizers",
                                wished.path("spec").path("finalizers"));
                        yield finalized;
                    }
                };
        if (part != Part.STATUS && part != Part.BINDING && served.type().has(Subresource.STATUS)) {
            Json.replace(after, "status", before.get("status"));
        }
        keepServersOwn(before, after);
        return after;
    }

    /** Built-in kinds let labels and annotations through with the status, as the kubelet needs; custom ones nothing else. */
    private static ObjectNode statusOf(ObjectNode wished, ObjectNode before, Served served) {
        var after = before.deepCopy();
        Json.replace(after, "status", wished.get("status"));
        var metadata = Metadata.in(after).node();
        var wishes = Metadata.of(wished).node();
        Json.replace(metadata, "managedFields", wishes.get("managedFields"));
        if (served.custom().isEmpty()) {
            for (var field : List.of("labels", "annotations", "finalizers")) {
                Json.replace(metadata, field, wishes.get(field));
            }
        }
        return after;
    }

    private static void keepServersOwn(ObjectNode before, ObjectNode after) {
        var was = Metadata.of(before).node();
        var is = Metadata.in(after).node();
        for (var field : List.of(
                "namespace",
                "uid",
                "resourceVersion",
                "creationTimestamp",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "generateName",
                "generation")) {
            Json.replace(is, field, was.get(field));
        }
        is.remove("selfLink");
    }

    /** The generation rises with everything but metadata and status. */
    private static void count(Served served, ObjectNode before, ObjectNode after) {
        if (served.type().generational() && !spec(before).equals(spec(after))) {
            Metadata.in(after).node().put("generation", Metadata.of(before).generation() + 1);
        }
    }

    private static JsonNode spec(ObjectNode object) {
        return object.deepCopy().without(List.of("metadata", "status"));
    }

    private static void check(Served served, Part part, ObjectNode before, ObjectNode after) {
        var causes = new ArrayList<Cause>(ObjectRules.problems(after));
        var is = Metadata.of(after);
        if (is.isDeleting()) {
            var added = new HashSet<>(is.finalizers());
            Metadata.of(before).finalizers().forEach(added::remove);
            if (!added.isEmpty()) {
                causes.add(Cause.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + added));
            }
        }
        causes.addAll(served.strategy().validate(after));
        if (part != Part.BINDING) {
            causes.addAll(served.strategy().validateUpdate(before, after));
        }
        if (!causes.isEmpty()) {
            throw ApiError.invalid(served.type(), is.name(), causes);
        }
    }

    /** Being deleted, with nobody left who wants to do something first. */
    private static boolean isReleased(ObjectNode object) {
        var metadata = Metadata.of(object);
        return metadata.isDeleting()
                && metadata.finalizers().isEmpty()
                && metadata.node().path("deletionGracePeriodSeconds").asLong() == 0
                && (!Namespaces.isNamespace(object)
                        || object.path("spec").path("finalizers").isEmpty());
    }
}
