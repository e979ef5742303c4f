package io.orrery.contracts.platform;

import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the reference of the document, a table for each part of the specification. */
final class Reference {

    private final StringBuilder text = new StringBuilder();

    static String markdown() {
        var reference = new Reference();
        reference.text.append("""
                # The Platform document

                Made from the records in `contracts`; do not edit it here. `orrery plan` shows a document with every default
                filled in, `examples/` has some to start from, and `orrery/platform.schema.json` in the contracts' jar lets an
                editor complete and check one.

                What a change of a field costs on a platform that runs:

                | class | meaning |
                |---|---|
                | live | done in place; nothing stops |
                | roll | machines are replaced one after the other; the service goes on |
                | rebuild | what hangs on the field is removed and made again; a person has to confirm it |
                | refused | cannot be changed: it takes another platform |

                Kubernetes goes up one minor version at a time, and never down; other changes of its version are refused.
                Pools are matched by their names: a renamed pool is one that goes and one that comes.
                Secrets never stand in the document, only names of mounted credentials.
                """);
        var root = Forms.of(Platform.class);
        reference.frame(root);
        var spec = (Form.Part) root.fields().stream()
                .filter(field -> field.name().equals("spec"))
                .findFirst()
                .orElseThrow()
                .form();
        spec.fields().forEach(field -> reference.section(field.name(), "spec.", field));
        return reference.text.toString();
    }

    private void section(String title, String path, Form.Field field) {
        text.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(field.key().about())
                .append('\n');
        header();
        row(path + field.name(), field);
        rows(path + field.name(), field.form());
    }

    /** The document without its specification, whose parts have sections of their own. */
    private void frame(Form.Part document) {
        text.append("\n## The document\n");
        header();
        for (var field : document.fields()) {
            row(field.name(), field);
            if (!field.name().equals("spec")) {
                rows(field.name(), field.form());
            }
        }
    }

    private void header() {
        text.append("\n| field | type | default | meaning | change |\n|---|---|---|---|---|\n");
    }

    private void rows(String path, Form form) {
        switch (form) {
            case Form.Part part ->
                part.fields().forEach(field -> {
                    row(path + "." + field.name(), field);
                    rows(path + "." + field.name(), field.form());
                });
            case Form.Alternatives alternatives -> alternatives.alternatives().forEach(one -> rows(path, one.part()));
            case Form.Items items -> rows(path + "[]", items.item());
            default -> {
                // has no fields of its own
            }
        }
    }

    private void row(String path, Form.Field field) {
        text.append("| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        path,
                        type(field.form(), field.key()).replace("|", "\\|"),
                        absent(field),
                        field.key().about(),
                        Forms.word(field.key().change())));
    }

    private static String type(Form form, Key key) {
        return switch (form) {
            case Form.Part ignored -> "object";
            case Form.Open ignored -> "object";
            case Form.Alternatives alternatives ->
                "object: "
                        + alternatives.alternatives().stream()
                                .map(one -> one.marker().isEmpty() ? plain(one) : "`" + one.marker() + "`")
                                .collect(Collectors.joining(" or "));
            case Form.Items items -> "list, each " + type(items.item(), key);
            case Form.Entries ignored -> "map of text";
            case Form.Text text -> key.shape().isEmpty() ? text.expected() : key.shape();
            case Form.Choice choice ->
                choice.values().keySet().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
            case Form.Whole ignored -> "whole number" + range(key);
            case Form.Decimal ignored -> "number" + range(key);
            case Form.Truth ignored -> "`true`, `false`";
        };
    }

    private static String plain(Form.Alternative alternative) {
        return alternative.part().fields().stream()
                .map(field -> "`" + field.name() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String range(Key key) {
        var least = Optional.of(key.min()).filter(min -> min != Long.MIN_VALUE).map(min -> " from " + min);
        var greatest =
                Optional.of(key.max()).filter(max -> max != Long.MAX_VALUE).map(max -> " to " + max);
        return least.orElse("") + greatest.orElse("");
    }

    private static String absent(Form.Field field) {
        if (field.required()) {
            return "**required**";
        }
        return field.key().absent().length == 0
                ? ""
                : "`" + String.join("`, `", field.key().absent()) + "`";
    }
}
