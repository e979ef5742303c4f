package io.orrery.sandbox.controllers.openeo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** job_metadata.json, with the fields that openEO's tracker and result pages read. */
final class JobMetadata {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Ground size of a pixel, for the input that a job of this extent would have read: 10 m by 10 m. */
    private static final double PIXEL_AREA = 100;

    private static final double MEGA_PIXEL = 1024.0 * 1024.0;

    private JobMetadata() {}

    static byte[] of(JobSpecification job, String assetName, String assetUri) {
        var metadata = JSON.createObjectNode();
        var box = job.box();
        var bbox = metadata.putArray("bbox");
        box.corners().forEach(bbox::add);
        metadata.putObject("area").put("value", box.area()).put("unit", "square meter");
        metadata.put("epsg", 4326);
        metadata.set("geometry", polygon(box));
        metadata.put("start_datetime", job.interval().get(0).orElse(null));
        metadata.put("end_datetime", job.interval().get(1).orElse(null));
        var ids = metadata.putArray("unique_process_ids");
        job.processIds().forEach(ids::add);
        metadata.putObject("usage")
                .putObject("input_pixel")
                .put("value", box.area() / PIXEL_AREA / MEGA_PIXEL)
                .put("unit", "mega-pixel");
        metadata.putArray("instruments");
        metadata.putArray("links");
        metadata.putArray("providers").addObject().put("name", "Orrery's sandbox");
        var assets = metadata.putObject("assets");
        assets.putObject(assetName)
                .put("href", assetUri)
                .put("type", "application/json")
                .putArray("roles")
                .add("data");
        return metadata.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode polygon(JobSpecification.Box box) {
        var polygon = JSON.createObjectNode().put("type", "Polygon");
        var ring = polygon.putArray("coordinates").addArray();
        ring.addArray().add(box.west()).add(box.south());
        ring.addArray().add(box.west()).add(box.north());
        ring.addArray().add(box.east()).add(box.north());
        ring.addArray().add(box.east()).add(box.south());
        ring.addArray().add(box.west()).add(box.south());
        return polygon;
    }
}
