package io.orrery.sparkdeployer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sparkdeployer.plan.Catalogues.Findings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The checks of one collection that are worth having: what openEO's driver reads of it, it has to be able to read. */
final class CollectionCheck {

    private static final int FLAT = 4;
    private static final int WITH_HEIGHT = 6;

    private final String name;
    private final JsonNode collection;
    private final Findings findings;

    private CollectionCheck(String name, JsonNode collection, Findings findings) {
        this.name = name;
        this.collection = collection;
        this.findings = findings;
    }

    static void check(String name, JsonNode collection, Findings findings) {
        var check = new CollectionCheck(name, collection, findings);
        check.present();
        check.space();
        check.time();
        check.dimensions();
        check.bands();
        DataSourceCheck.check(name, collection, findings);
    }

    /** openEO fills in defaults, with a warning, that clients cannot do much with. */
    private void present() {
        for (var field : List.of("description", "license", "extent", "cube:dimensions")) {
            if (collection.path(field).isMissingNode()) {
                findings.remark(name, "has no " + field);
            }
        }
    }

    private void space() {
        for (var box : collection.path("extent").path("spatial").path("bbox")) {
            if (!isBox(box)) {
                findings.fault(name, "has a bbox that is not west, south, east, north: " + box);
            }
        }
    }

    /** West may lie east of east, over the antimeridian; south is never north of north. */
    private static boolean isBox(JsonNode box) {
        var size = box.size();
        var numbers = StreamSupport.stream(box.spliterator(), false).allMatch(JsonNode::isNumber);
        if (!box.isArray() || !numbers || (size != FLAT && size != WITH_HEIGHT)) {
            return false;
        }
        var south = box.get(1).asDouble();
        var north = box.get(size / 2 + 1).asDouble();
        return south <= north;
    }

    private void time() {
        for (var interval : collection.path("extent").path("temporal").path("interval")) {
            var start = instant(interval.path(0));
            var end = instant(interval.path(1));
            if (interval.size() != 2
                    || isNoTime(interval.path(0), start)
                    || isNoTime(interval.path(1), end)
                    || (start.isPresent() && end.isPresent() && start.get().isAfter(end.get()))) {
                findings.fault(name, "has a temporal interval that is not two times or null, in order: " + interval);
            }
        }
    }

    private static boolean isNoTime(JsonNode node, Optional<Instant> read) {
        return !node.isNull() && read.isEmpty();
    }

    private static Optional<Instant> instant(JsonNode node) {
        try {
            return node.isTextual()
                    ? Optional.of(OffsetDateTime.parse(node.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void dimensions() {
        var dimensions = collection.path("cube:dimensions");
        for (var axis : List.of("x", "y")) {
            var dimension = dimensions.path(axis);
            var step = dimension.path("step");
            if (!step.isMissingNode() && !step.isNull() && !(step.isNumber() && step.asDouble() > 0)) {
                findings.fault(name, "has a step of " + axis + " that is not above zero: " + step);
            }
            var system = dimension.path("reference_system");
            if (system.isTextual()) {
                findings.fault(
                        name,
                        "says its reference system of " + axis
                                + " as text, which openEO does not read: give an EPSG number or PROJJSON");
            }
        }
    }

    private void bands() {
        var dimensions = new ArrayList<JsonNode>();
        collection.path("cube:dimensions").forEach(dimension -> {
            if ("bands".equals(dimension.path("type").asText())) {
                dimensions.add(dimension);
            }
        });
        if (dimensions.size() > 1) {
            findings.fault(name, "has " + dimensions.size() + " dimensions of bands, of which there is one at most");
        }
        if (dimensions.size() == 1) {
            var values = texts(dimensions.getFirst().path("values"));
            var summaries = summarised();
            if (!summaries.isEmpty() && !summaries.equals(values)) {
                findings.remark(name, "names its bands differently in cube:dimensions and summaries");
            }
        }
    }

    private List<String> summarised() {
        for (var field : List.of("eo:bands", "raster:bands", "bands")) {
            var bands = collection.path("summaries").path(field);
            if (bands.isArray()) {
                return StreamSupport.stream(bands.spliterator(), false)
                        .map(band -> band.path("name").asText())
                        .toList();
            }
        }
        return List.of();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
