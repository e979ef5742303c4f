package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The part of upstream's validation of pod specs that keeps nonsense out; most is left to the genuine server. */
final class PodRules {
    private static final Set<String> RESTART_POLICIES = Set.of("Always", "OnFailure", "Never");

    private PodRules() {}

    static List<Cause> problems(JsonNode spec, String path) {
        var causes = new ArrayList<Cause>();
        if (spec.path("containers").isEmpty()) {
            causes.add(Cause.required(path + ".containers"));
        }
        var names = new HashSet<String>();
        for (var i = 0; i < spec.path("containers").size(); i++) {
            var container = spec.path("containers").get(i);
            var place = path + ".containers[" + i + "]";
            var name = container.path("name").asText("");
            if (name.isEmpty()) {
                causes.add(Cause.required(place + ".name"));
            } else if (!names.add(name)) {
                causes.add(new Cause(place + ".name", "FieldValueDuplicate", "Duplicate value: \"" + name + "\""));
            }
            if (container.path("image").asText("").isEmpty()) {
                causes.add(Cause.required(place + ".image"));
            }
        }
        if (!RESTART_POLICIES.contains(spec.path("restartPolicy").asText("Always"))) {
            causes.add(new Cause(
                    path + ".restartPolicy",
                    "FieldValueNotSupported",
                    "Unsupported value: " + spec.path("restartPolicy")
                            + ": supported values: \"Always\", \"Never\", \"OnFailure\""));
        }
        return causes;
    }
}
