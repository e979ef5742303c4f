package io.orrery.sandbox.openstack.keystone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orrery.sandbox.openstack.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The service catalogue, on the address at which the client reached Keystone.
 *
 * @param s3 the object store's own address, if there is one
 */
public record Catalog(String region, Optional<String> s3) {
    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    ArrayNode entries(String root, String project) {
        Map<String, String[]> services = new LinkedHashMap<>();
        services.put("identity", new String[] {"keystone", root + "/identity/v3"});
        services.put("compute", new String[] {"nova", root + "/compute/v2.1"});
        services.put("network", new String[] {"neutron", root + "/network"});
        services.put("image", new String[] {"glance", root + "/image"});
        services.put("volumev3", new String[] {"cinderv3", root + "/volume/v3/" + project});
        services.put("block-storage", new String[] {"cinder", root + "/volume/v3/" + project});
        services.put("load-balancer", new String[] {"octavia", root + "/load-balancer"});
        s3.ifPresent(url -> services.put("s3", new String[] {"s3", url}));
        s3.ifPresent(url -> services.put("object-store", new String[] {"swift", url}));
        return services.entrySet().stream()
                .map(service -> Json.object(
                        "id", id(service.getKey()),
                        "type", service.getKey(),
                        "name", service.getValue()[0],
                        "endpoints", endpoints(service.getKey(), service.getValue()[1])))
                .collect(Json.toArray());
    }

    private ArrayNode endpoints(String type, String url) {
        return INTERFACES.stream()
                .map(side -> Json.object(
                        "id", id(type + "/" + side),
                        "interface", side,
                        "region_id", region,
                        "region", region,
                        "url", url))
                .collect(Json.toArray());
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(("catalog/" + name).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
