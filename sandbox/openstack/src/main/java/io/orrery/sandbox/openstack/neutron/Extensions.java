package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;

/** The extensions by which clients learn what this Neutron can do; only what is emulated is named. */
final class Extensions {
    private static final List<String> ALIASES = List.of(
            "allowed-address-pairs",
            "availability_zone",
            "empty-string-filtering",
            "external-net",
            "extra_dhcp_opt",
            "fip-port-details",
            "router",
            "net-mtu",
            "net-mtu-writable",
            "network-ip-availability",
            "pagination",
            "binding",
            "port-security",
            "project-id",
            "quotas",
            "quota_details",
            "revision-if-match",
            "standard-attr-revisions",
            "security-groups-normalized-cidr",
            "port-security-groups-filtering",
            "security-group",
            "sorting",
            "standard-attr-description",
            "stateful-security-group",
            "standard-attr-tag",
            "standard-attr-timestamp");

    private Extensions() {}

    static ObjectNode list() {
        return Json.object(
                "extensions", ALIASES.stream().map(Extensions::extension).collect(Json.toArray()));
    }

    static Answer show(String alias) {
        if (!ALIASES.contains(alias)) {
            throw new Refusal(404, "HTTPNotFound", "The resource could not be found.");
        }
        return Answer.ok(Json.object("extension", extension(alias)));
    }

    private static ObjectNode extension(String alias) {
        return Json.object(
                "alias", alias,
                "name", alias,
                "description", alias,
                "updated", "2022-01-01T00:00:00-00:00",
                "links", List.of());
    }

    static ObjectNode zones() {
        return Json.object(
                "availability_zones",
                List.of(
                        Json.object("name", "nova", "resource", "network", "state", "available"),
                        Json.object("name", "nova", "resource", "router", "state", "available")));
    }
}
