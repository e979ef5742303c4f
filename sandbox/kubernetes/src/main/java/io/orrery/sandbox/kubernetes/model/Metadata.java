package io.orrery.sandbox.kubernetes.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A view of an object's {@code metadata}; what it writes goes into the object. */
public record Metadata(ObjectNode node) {
    public static final String FOREGROUND = "foregroundDeletion";
    public static final String ORPHAN = "orphan";

    /** For reading, and for writing into an object that is not stored yet. */
    public static Metadata of(ObjectNode object) {
        return new Metadata(object.get("metadata") instanceof ObjectNode node ? node : Json.object());
    }

    /** As {@link #of}, for an object that may have no metadata yet. */
    public static Metadata in(ObjectNode object) {
        return new Metadata(Json.child(object, "metadata"));
    }

    public String name() {
        return node.path("name").asText("");
    }

    public String namespace() {
        return node.path("namespace").asText("");
    }

    public String uid() {
        return node.path("uid").asText("");
    }

    public String resourceVersion() {
        return node.path("resourceVersion").asText("");
    }

    public long generation() {
        return node.path("generation").asLong();
    }

    public boolean isDeleting() {
        return !Json.isAbsent(node.get("deletionTimestamp"));
    }

    public List<String> finalizers() {
        return texts(node.path("finalizers"));
    }

    public void setFinalizers(List<String> finalizers) {
        if (finalizers.isEmpty()) {
            node.remove("finalizers");
        } else {
            var array = node.putArray("finalizers");
            finalizers.forEach(array::add);
        }
    }

    public List<Owner> owners() {
        var owners = new ArrayList<Owner>();
        node.path("ownerReferences").forEach(reference -> owners.add(Owner.of(reference)));
        return List.copyOf(owners);
    }

    public Optional<String> label(String name) {
        return Optional.ofNullable(node.path("labels").get(name)).map(JsonNode::asText);
    }

    /** One owner reference. */
    public record Owner(String apiVersion, String kind, String name, String uid, boolean blocksDeletion) {
        static Owner of(JsonNode reference) {
            return new Owner(
                    reference.path("apiVersion").asText(""),
                    reference.path("kind").asText(""),
                    reference.path("name").asText(""),
                    reference.path("uid").asText(""),
                    reference.path("blockOwnerDeletion").asBoolean(false));
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.asText()));
        return List.copyOf(texts);
    }
}
