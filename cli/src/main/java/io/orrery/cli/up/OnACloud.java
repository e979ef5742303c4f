package io.orrery.cli.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.cli.Documents.Document;
import java.net.URI;

/** A document of the sandbox, made one of a genuine cloud. */
final class OnACloud {

    /** The keys that the sandbox's own S3 takes, as documents name them. */
    private static final String SANDBOX_KEYS = "sandbox-s3";

    private static final ObjectMapper JSON = new ObjectMapper();

    private OnACloud() {}

    /**
     * The platform goes to the cloud that was asked for; a region counts only beside the cloud that it was written for. A
     * bucket of the sandbox's stays there.
     */
    static Document of(Document document, String cloud, URI sandboxS3) {
        try {
            var tree = (ObjectNode) JSON.readTree(document.json());
            var where = tree.withObject("/spec/cloud");
            if (!where.path("name").asText().equals(cloud)) {
                where.put("name", cloud).remove("region");
            }
            if (tree.at("/spec/storage/s3") instanceof ObjectNode s3
                    && s3.path("credentials").asText().equals(SANDBOX_KEYS)
                    && !s3.has("endpoint")) {
                s3.put("endpoint", sandboxS3.toString());
            }
            return new Document(document.name(), JSON.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
