package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.machine.Hardware;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Map;

/** A size of servers; memory in MiB, disk in GiB. */
record Flavor(String id, String name, int vcpus, int ram, int disk) {
    Hardware hardware() {
        return new Hardware(name, vcpus, ram, disk);
    }

    ObjectNode brief(String base) {
        return Json.object("id", id, "name", name, "links", links(base));
    }

    ObjectNode view(String base, boolean withExtraSpecs) {
        var view = Json.object(
                "id",
                id,
                "name",
                name,
                "ram",
                ram,
                "disk",
                disk,
                "swap",
                "",
                "OS-FLV-EXT-DATA:ephemeral",
                0,
                "OS-FLV-DISABLED:disabled",
                false,
                "vcpus",
                vcpus,
                "os-flavor-access:is_public",
                true,
                "rxtx_factor",
                1.0,
                "links",
                links(base));
        if (withExtraSpecs) {
            view.putNull("description");
            view.putObject("extra_specs");
        }
        return view;
    }

    /** As servers show it since 2.47: what it was, not which. */
    ObjectNode embedded() {
        return Json.object(
                "vcpus", vcpus,
                "ram", ram,
                "disk", disk,
                "ephemeral", 0,
                "swap", 0,
                "original_name", name,
                "extra_specs", Map.of());
    }

    private Object links(String base) {
        return List.of(
                Map.of("rel", "self", "href", base + "/v2.1/flavors/" + id),
                Map.of("rel", "bookmark", "href", base + "/flavors/" + id));
    }
}
