package io.orrery.sandbox.openstack.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.model.Json;
import java.io.IOException;
import java.util.Optional;

/** What came with a request: JSON in memory, or bytes in a file. */
public final class Body {
    private final byte[] bytes;
    private final Optional<Upload> upload;

    Body(byte[] bytes, Optional<Upload> upload) {
        this.bytes = bytes.clone();
        this.upload = upload;
    }

    Optional<Upload> upload() {
        return upload;
    }

    /** Refused as Neutron, Nova and Keystone do it when it is no JSON. */
    JsonNode json() {
        try {
            var tree = Json.MAPPER.readTree(bytes);
            if (tree == null || !tree.isContainerNode()) {
                throw malformed();
            }
            return tree;
        } catch (JsonProcessingException malformed) {
            throw malformed();
        } catch (IOException impossible) {
            throw new IllegalStateException("Bytes in memory can be read", impossible);
        }
    }

    private static Refusal malformed() {
        return new Refusal(400, "HTTPBadRequest", "Malformed request body");
    }
}
