package io.orrery.sandbox.kubernetes.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A field selector; like upstream it knows only the fields that a kind's registry offers, anything else is a 400. */
public record FieldSelector(List<Term> terms) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Pattern TERM = Pattern.compile("([^=!]+)(==|=|!=)(.*)");
    private static final Set<String> OF_ALL = Set.of("metadata.name", "metadata.namespace");
    private static final Set<String> OF_EVENTS = Set.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type");
    private static final Map<String, Set<String>> BY_RESOURCE = Map.of(
            "pods",
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            "events",
            OF_EVENTS,
            "secrets",
            Set.of("type"),
            "namespaces",
            Set.of("status.phase"),
            "nodes",
            Set.of("spec.unschedulable"),
            "services",
            Set.of("spec.clusterIP", "spec.type"),
            "replicasets.apps",
            Set.of("status.replicas"),
            "replicationcontrollers",
            Set.of("status.replicas"),
            "jobs.batch",
            Set.of("status.successful"),
            "events.events.k8s.io",
            OF_EVENTS);

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    record Term(String field, boolean equal, String value) {
        boolean matches(JsonNode object) {
            return value.equals(valueOf(object, field)) == equal;
        }
    }

    public boolean isEverything() {
        return terms.isEmpty();
    }

    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> term.matches(object));
    }

    public static FieldSelector parse(String text, ResourceType type, Set<String> selectable) {
        var known = BY_RESOURCE.getOrDefault(type.qualifiedPlural(), Set.of());
        var terms = new ArrayList<Term>();
        for (var part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            var matcher = TERM.matcher(part.strip());
            if (!matcher.matches()) {
                throw ApiError.badRequest("invalid field selector: \"" + text + "\"");
            }
            var field = matcher.group(1).strip();
            if (!OF_ALL.contains(field) && !known.contains(field) && !selectable.contains(field)) {
                throw ApiError.badRequest("field label not supported: " + field);
            }
            terms.add(new Term(
                    field, !matcher.group(2).equals("!="), matcher.group(3).strip()));
        }
        return new FieldSelector(terms);
    }

    /** An absent field counts as empty; absent booleans as false, absent counts as 0, as Go's zero values would. */
    private static String valueOf(JsonNode object, String field) {
        return switch (field) {
            case "spec.unschedulable", "spec.hostNetwork" -> at(object, field).asText("false");
            case "status.successful" -> object.path("status").path("succeeded").asText("0");
            case "status.replicas" -> at(object, field).asText("0");
            case "source" -> object.path("source").path("component").asText("");
            default -> at(object, field).asText("");
        };
    }

    private static JsonNode at(JsonNode object, String field) {
        var node = object;
        for (var name : field.split("\\.", -1)) {
            node = node.path(name);
        }
        return node;
    }
}
