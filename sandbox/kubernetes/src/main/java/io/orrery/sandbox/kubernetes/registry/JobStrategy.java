package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.util.ArrayList;
import java.util.List;

/** Jobs get a selector of their own from the server: their uid (upstream: registry/batch/job/strategy.go). */
final class JobStrategy implements Strategy {
    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";

    @Override
    public void normalize(ObjectNode job) {
        setDefaults(Json.child(job, "spec"));
    }

    static void setDefaults(ObjectNode spec) {
        if (Json.isAbsent(spec.get("completions")) && Json.isAbsent(spec.get("parallelism"))) {
            spec.put("completions", 1);
        }
        Json.putIfAbsent(spec, "parallelism", 1);
        Json.putIfAbsent(spec, "backoffLimit", 6);
        Json.putIfAbsent(spec, "completionMode", "NonIndexed");
        Json.putIfAbsent(spec, "podReplacementPolicy", "TerminatingOrFailed");
        if (Json.isAbsent(spec.get("suspend"))) {
            spec.put("suspend", false);
        }
        PodDefaults.setIn(spec.path("template").path("spec"));
    }

    @Override
    public void prepareCreate(ObjectNode job) {
        var spec = Json.child(job, "spec");
        if (spec.path("manualSelector").asBoolean()) {
            return;
        }
        var metadata = Metadata.of(job);
        var labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
        labels.put(UID, metadata.uid()).put("controller-uid", metadata.uid());
        labels.put(NAME, metadata.name()).put("job-name", metadata.name());
        var selector = Json.object();
        selector.putObject("matchLabels").put(UID, metadata.uid());
        spec.set("selector", selector);
    }

    @Override
    public List<Cause> validate(ObjectNode job) {
        var template = job.path("spec").path("template").path("spec");
        var causes = new ArrayList<>(PodRules.problems(template, "spec.template.spec"));
        if (template.path("restartPolicy").asText().equals("Always")) {
            causes.add(new Cause(
                    "spec.template.spec.restartPolicy",
                    "FieldValueRequired",
                    "Required value: valid values: \"OnFailure\", \"Never\""));
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        var causes = new ArrayList<Cause>();
        for (var field : List.of("selector", "completions", "completionMode")) {
            if (!before.path("spec").path(field).equals(after.path("spec").path(field))) {
                causes.add(Cause.invalid(
                        "spec." + field, "Invalid value: " + after.path("spec").path(field) + ": field is immutable"));
            }
        }
        var suspended = before.path("spec").path("suspend").asBoolean();
        var template = after.path("spec").path("template");
        if (!suspended && !before.path("spec").path("template").equals(template)) {
            causes.add(Cause.invalid("spec.template", "Invalid value: field is immutable"));
        }
        return causes;
    }
}
