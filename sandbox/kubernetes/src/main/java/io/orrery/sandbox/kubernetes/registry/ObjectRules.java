package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What upstream asks of every object's metadata (apimachinery: ValidateObjectMeta). */
final class ObjectRules {
    private static final Pattern QUALIFIED =
            Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private ObjectRules() {}

    static List<Cause> problems(ObjectNode object) {
        var causes = new ArrayList<Cause>();
        var metadata = Metadata.of(object);
        metadata.node().path("labels").properties().forEach(label -> {
            if (!QUALIFIED.matcher(label.getKey()).matches()) {
                causes.add(wrong(
                        "metadata.labels",
                        label.getKey(),
                        "name part must consist of alphanumeric characters, '-', '_' or '.'"));
            }
            if (!VALUE.matcher(label.getValue().asText()).matches()) {
                causes.add(
                        wrong(
                                "metadata.labels",
                                label.getValue().asText(),
                                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'"));
            }
        });
        metadata.node().path("annotations").properties().forEach(annotation -> {
            if (!annotation.getValue().isTextual()) {
                causes.add(wrong("metadata.annotations", annotation.getValue().toString(), "must be a string"));
            }
        });
        var annotations = metadata.node().path("annotations").properties().stream()
                .mapToLong(annotation -> annotation.getKey().length()
                        + annotation.getValue().asText().length())
                .sum();
        if (annotations > 256 * 1024) {
            causes.add(new Cause(
                    "metadata.annotations", "FieldValueTooLong", "Too long: may not be more than 262144 bytes"));
        }
        metadata.owners().forEach(owner -> {
            if (owner.apiVersion().isEmpty()
                    || owner.kind().isEmpty()
                    || owner.name().isEmpty()
                    || owner.uid().isEmpty()) {
                causes.add(wrong(
                        "metadata.ownerReferences",
                        owner.toString(),
                        "apiVersion, kind, name and uid must not be empty"));
            }
        });
        return causes;
    }

    private static Cause wrong(String field, String value, String rule) {
        return Cause.invalid(field, "Invalid value: \"" + value + "\": " + rule);
    }
}
