package io.orrery.sandbox.openstack.nova;

import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Map;

/** What Nova shows of the cloud below, most of it to administrators only; and the paths that are not emulated. */
final class Infrastructure {
    /** The first is the one for those who ask for none. */
    static final List<String> ZONES = List.of("nova", "nova-b", "nova-c");

    private final Hosts hosts;

    Infrastructure(Hosts hosts) {
        this.hosts = hosts;
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.1/os-availability-zone", request -> Answer.ok(zones()))
                .on("GET", "/v2.1/os-availability-zone/detail", request -> {
                    throw Nova.policy("os_compute_api:os-availability-zone:detail");
                })
                .on("GET", "/v2.1/os-hypervisors", request -> hypervisors(request, "list"))
                .on("GET", "/v2.1/os-hypervisors/detail", request -> hypervisors(request, "list-detail"))
                .on("GET", "/v2.1/os-services", request -> {
                    throw Nova.policy("os_compute_api:os-services:list");
                })
                .on("GET", "/v2.1/os-aggregates", request -> {
                    throw Nova.policy("os_compute_api:os-aggregates:index");
                })
                .unsupported(
                        "/v2.1/extensions/**",
                        "/v2.1/images/**",
                        "/v2.1/os-networks/**",
                        "/v2.1/os-floating-ips/**",
                        "/v2.1/os-security-groups/**",
                        "/v2.1/os-volumes/**",
                        "/v2.1/os-simple-tenant-usage/**",
                        "/v2.1/os-migrations/**",
                        "/v2.1/os-instance_usage_audit_log/**",
                        "/v2.1/os-hosts/**",
                        "/v2.1/os-tenant-networks/**",
                        "/v2.1/os-hypervisors/**",
                        "/v2.1/os-aggregates/**");
    }

    private static Object zone(String name) {
        return Json.object("zoneName", name, "zoneState", Map.of("available", true), "hosts", null);
    }

    private static com.fasterxml.jackson.databind.JsonNode zones() {
        return Json.object(
                "availabilityZoneInfo", ZONES.stream().map(Infrastructure::zone).toList());
    }

    private Answer hypervisors(Request request, String rule) {
        Nova.adminOnly(request, "os_compute_api:os-hypervisors:" + rule);
        var list = hosts.names().stream()
                .map(host -> Json.object("id", host, "hypervisor_hostname", host, "state", "up", "status", "enabled"))
                .collect(Json.toArray());
        return Answer.ok(Json.object("hypervisors", list));
    }
}
