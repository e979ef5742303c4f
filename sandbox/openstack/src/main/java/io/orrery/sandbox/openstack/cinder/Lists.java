package io.orrery.sandbox.openstack.cinder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.Json;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Cinder's list queries; the newest comes first. */
final class Lists {
    private static final int MOST = 1000;
    private static final Set<String> FILTERS =
            Set.of("name", "status", "volume_id", "bootable", "availability_zone", "id", "source_volid", "snapshot_id");

    private Lists() {}

    /**
     * A page of what matches.
     *
     * @param all complete views
     * @param shown what is shown of each
     */
    static Answer answer(
            Request request, String plural, List<ObjectNode> all, UnaryOperator<ObjectNode> shown, String label) {
        var query = request.query();
        var matching = all.stream()
                .filter(view -> FILTERS.stream().allMatch(name -> query.first(name)
                        .map(wanted -> Json.text(view, name).equals(wanted))
                        .orElse(true)))
                .filter(view -> query.first("metadata")
                        .map(text -> contains(view.path("metadata"), metadata(text)))
                        .orElse(true))
                .sorted(Comparator.comparing((ObjectNode view) -> Json.text(view, "created_at"))
                        .reversed())
                .toList();
        var page = Page.of(
                matching,
                query,
                MOST,
                view -> Json.text(view, "id"),
                marker -> new Refusal(404, label + " " + marker + " could not be found."));
        var items = page.items().stream().map(shown).collect(Json.toArray());
        var answer = Json.object(plural, items);
        page.next()
                .ifPresent(next -> answer.set(
                        plural + "_links",
                        Json.array(List.of(
                                Json.object("rel", "next", "href", request.base() + request.path() + "?" + next)))));
        return Answer.ok(answer);
    }

    /** A filter written as JSON, or as a Python dictionary with single quotes. */
    private static JsonNode metadata(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException malformed) {
            throw new Refusal(400, "Invalid filter metadata: " + text);
        }
    }

    private static boolean contains(JsonNode metadata, JsonNode wanted) {
        return wanted.properties().stream().allMatch(pair -> Json.text(metadata, pair.getKey())
                .equals(pair.getValue().asText()));
    }
}
