package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;

/**
 * A load balancer, or something that hangs on one.
 *
 * @param parent the balancer's id for listeners and pools, the pool's for members and monitors; empty for a balancer
 */
record Part(String parent, ObjectNode node) {

    static final String STATUS = "provisioning_status";

    String id() {
        return Json.text(node, "id");
    }

    String status() {
        return Json.text(node, STATUS);
    }

    void in(String status) {
        node.put(STATUS, status);
    }
}
