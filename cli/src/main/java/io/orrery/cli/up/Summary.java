package io.orrery.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.Endpoints;

/** What `orrery up --json` ends with. */
final class Summary {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;
    private final Endpoints endpoints;
    private final SandboxView sandbox;
    private final Timeline timeline;

    Summary(Api api, Endpoints endpoints, SandboxView sandbox, Timeline timeline) {
        this.api = api;
        this.endpoints = endpoints;
        this.sandbox = sandbox;
        this.timeline = timeline;
    }

    String of(PlatformView platform, JsonNode job) {
        var name = platform.json().path("platform").asText();
        var summary = JSON.createObjectNode();
        summary.put("platform", name);
        summary.set("uid", platform.json().path("uid"));
        summary.set("generation", platform.json().path("generation"));
        summary.set("phases", phases(platform));
        summary.set("machines", machines(name));
        summary.set(
                "openeo",
                api.get(endpoints.sparkDeployer(), "/platforms/" + name + "/workloads")
                        .path("evidence"));
        summary.set("job", job(job));
        summary.put("cloudCalls", cloudCalls());
        summary.put("durationMs", timeline.elapsed().toMillis());
        return summary.toString();
    }

    /** As the emulated cloud counted them; a genuine one's are those that the provisioner made. */
    private long cloudCalls() {
        var counted = api.get(sandbox.status(), "/_sandbox").path("openstackCalls");
        return counted.isNumber()
                ? counted.asLong()
                : api.getText(endpoints.provisioner(), "/q/metrics")
                        .lines()
                        .filter(line -> line.startsWith("orrery_cloud_calls_total{"))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
    }

    private ObjectNode phases(PlatformView platform) {
        var phases = JSON.createObjectNode();
        timeline.spans().forEach((stage, span) -> {
            var phase = phases.putObject(stage);
            phase.put("phase", platform.phase(stage).orElse(""));
            phase.put("begunMs", span.begun().toMillis());
            span.ready().ifPresent(ready -> {
                phase.put("readyMs", ready.toMillis());
                phase.put("durationMs", ready.minus(span.begun()).toMillis());
            });
        });
        return phases;
    }

    private JsonNode machines(String name) {
        var machines = JSON.createArrayNode();
        api.get(endpoints.provisioner(), "/platforms/" + name + "/infrastructure")
                .path("slots")
                .forEach(slot -> {
                    var machine = machines.addObject();
                    for (var field : new String[] {"name", "pool", "role", "state", "serverId"}) {
                        machine.set(field, slot.path(field));
                    }
                });
        return machines;
    }

    private static ObjectNode job(JsonNode job) {
        var shown = JSON.createObjectNode();
        shown.put("id", job.path("job_id").asText(job.path("id").asText()));
        shown.set("status", job.path("status"));
        shown.set("history", job.path("history"));
        return shown;
    }
}
