package io.orrery.sandbox.controllers.openeo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** job_specification.json: the process graph, and what can be read from it without working it out. */
record JobSpecification(JsonNode processGraph) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** West, south, east, north in degrees. */
    record Box(double west, double south, double east, double north) {
        private static final double EARTH_RADIUS = 6_371_007.2;
        private static final Box NOWHERE = new Box(0, 0, 0, 0);

        /** On a sphere of the earth's surface, in square metres. */
        double area() {
            var height = Math.sin(Math.toRadians(north)) - Math.sin(Math.toRadians(south));
            return Math.abs(EARTH_RADIUS * EARTH_RADIUS * Math.toRadians(east - west) * height);
        }

        List<Double> corners() {
            return List.of(west, south, east, north);
        }
    }

    static JobSpecification read(byte[] bytes) throws StartFailure {
        try {
            var document = JSON.readTree(bytes);
            var graph = document == null ? null : document.get("process_graph");
            if (graph == null || !graph.isObject()) {
                throw new StartFailure("job_specification.json has no 'process_graph'");
            }
            return new JobSpecification(graph);
        } catch (IOException e) {
            throw new StartFailure("job_specification.json is not JSON", e);
        }
    }

    /** Of the whole graph, those within callbacks included; sorted. */
    List<String> processIds() {
        var ids = new TreeSet<String>();
        processGraph.findValues("process_id").forEach(id -> ids.add(id.asText()));
        return List.copyOf(ids);
    }

    Box box() {
        return StreamSupport.stream(processGraph.findValues("spatial_extent").spliterator(), false)
                .filter(extent -> extent.hasNonNull("west"))
                .map(extent -> new Box(
                        extent.path("west").asDouble(),
                        extent.path("south").asDouble(),
                        extent.path("east").asDouble(),
                        extent.path("north").asDouble()))
                .findFirst()
                .orElse(Box.NOWHERE);
    }

    /** Begin and end as the graph writes them; absent where it is open or silent. */
    List<Optional<String>> interval() {
        return StreamSupport.stream(processGraph.findValues("temporal_extent").spliterator(), false)
                .filter(extent -> extent.isArray() && extent.size() == 2)
                .map(extent -> List.of(text(extent.get(0)), text(extent.get(1))))
                .findFirst()
                .orElse(List.of(Optional.empty(), Optional.empty()));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** The arguments of a process that the sandbox alone knows; empty if the graph does not call it. */
    Optional<JsonNode> sandboxProcess(String id) {
        return processGraph.findParents("process_id").stream()
                .filter(node -> id.equals(node.path("process_id").asText()))
                .map(node -> node.path("arguments"))
                .findFirst();
    }
}
