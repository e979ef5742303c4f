package io.orrery.sandbox.openstack.glance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Query;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Glance's list queries: any property is a filter; the newest comes first. */
final class ImageList {
    private static final Set<String> NO_FILTERS = Set.of(
            "limit",
            "marker",
            "sort",
            "sort_key",
            "sort_dir",
            "tag",
            "visibility",
            "member_status",
            "size_min",
            "size_max");
    private static final List<String> SORT_KEYS =
            List.of("name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at");
    private static final List<String> VISIBILITIES = List.of("community", "public", "private", "shared", "all");

    List<ObjectNode> select(List<ObjectNode> images, Query query, Caller caller) {
        var visibility = query.first("visibility");
        visibility.filter(text -> !VISIBILITIES.contains(text)).ifPresent(text -> {
            throw new Refusal(400, "Invalid visibility value: " + text);
        });
        return images.stream()
                .filter(image -> query.names().stream()
                        .filter(name -> !NO_FILTERS.contains(name))
                        .allMatch(name -> matches(image, name, query.first(name).orElse(""))))
                .filter(image -> query.all("tag").stream().allMatch(tag -> Json.holds(image.path("tags"), tag)))
                .filter(image -> visibility
                        .map(text -> text.equals("all")
                                || Json.text(image, "visibility").equals(text))
                        .orElseGet(() -> !Json.text(image, "visibility").equals("community")
                                || caller.owns(Json.text(image, "owner"))))
                .sorted(order(query))
                .toList();
    }

    private static boolean matches(ObjectNode image, String name, String wanted) {
        var value = Json.text(image, name);
        if (wanted.startsWith("in:")) {
            return List.of(wanted.substring(3).split(",", -1)).contains(value);
        }
        return image.path(name).isBoolean()
                ? image.path(name).asBoolean() == Query.truth(wanted)
                : value.equals(wanted);
    }

    private static Comparator<ObjectNode> order(Query query) {
        var pairs = query.first("sort")
                .map(sort -> Stream.of(sort.split(",", -1)).map(part -> part.contains(":") ? part : part + ":desc"))
                .orElseGet(() -> query.all("sort_key").stream()
                        .map(key -> key + ":" + query.first("sort_dir").orElse("desc")))
                .toList();
        Comparator<ObjectNode> order = Comparator.comparing((ObjectNode image) -> Json.text(image, "created_at"))
                .thenComparing(image -> Json.text(image, "id"))
                .reversed();
        for (var pair : pairs.reversed()) {
            var key = pair.substring(0, pair.indexOf(':'));
            if (!SORT_KEYS.contains(key)) {
                throw new Refusal(
                        400,
                        "Invalid sort key: %s. It must be one of the following: %s."
                                .formatted(key, String.join(", ", SORT_KEYS)));
            }
            Comparator<ObjectNode> by = Comparator.comparing(image -> Json.text(image, key));
            order = (pair.endsWith(":asc") ? by : by.reversed()).thenComparing(order);
        }
        return order;
    }
}
