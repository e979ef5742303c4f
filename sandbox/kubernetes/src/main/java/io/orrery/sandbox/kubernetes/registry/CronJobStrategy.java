package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.List;

/** CronJobs with the defaults of upstream's pkg/apis/batch/v1/defaults.go. */
final class CronJobStrategy implements Strategy {
    @Override
    public void normalize(ObjectNode cronJob) {
        var spec = Json.child(cronJob, "spec");
        Json.putIfAbsent(spec, "concurrencyPolicy", "Allow");
        Json.putIfAbsent(spec, "successfulJobsHistoryLimit", 3);
        Json.putIfAbsent(spec, "failedJobsHistoryLimit", 1);
        if (Json.isAbsent(spec.get("suspend"))) {
            spec.put("suspend", false);
        }
        PodDefaults.setIn(spec.path("jobTemplate").path("spec").path("template").path("spec"));
    }

    @Override
    public List<Cause> validate(ObjectNode cronJob) {
        return cronJob.path("spec").path("schedule").asText("").isBlank()
                ? List.of(Cause.required("spec.schedule"))
                : List.of();
    }
}
