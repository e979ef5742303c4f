package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Page;
import io.orrery.sandbox.kubernetes.registry.Served;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the client wants to see objects.
 *
 * @param include what goes with the rows of a table
 */
record Presentation(Form form, Served served, String include) {
    private static final Pattern V1 = Pattern.compile(";v=v1(;|$)");

    enum Form {
        WHOLE,
        METADATA,
        TABLE
    }

    static Presentation of(Exchange exchange, Served served) {
        var accept = exchange.header("Accept").replace(" ", "");
        var form = accept.isEmpty()
                ? Form.WHOLE
                : Stream.of(accept.split(",", -1))
                        .map(Presentation::ofRange)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow(() -> ApiError.notAcceptable("application/json"));
        return new Presentation(form, served, exchange.query().getOrDefault("includeObject", "Metadata"));
    }

    private static Optional<Form> ofRange(String range) {
        if (range.startsWith("*/*") || range.startsWith("application/*")) {
            return Optional.of(Form.WHOLE);
        }
        if (!range.startsWith("application/json")) {
            return Optional.empty();
        }
        if (!range.contains("as=")) {
            return Optional.of(Form.WHOLE);
        }
        if (!V1.matcher(range).find()) {
            return Optional.empty();
        }
        return range.contains("as=Table")
                ? Optional.of(Form.TABLE)
                : range.contains("as=PartialObjectMetadata") ? Optional.of(Form.METADATA) : Optional.empty();
    }

    Answer answer(int code, ObjectNode object) {
        return Answer.json(code, shown(object));
    }

    JsonNode watched(JsonNode object) {
        return shown((ObjectNode) object);
    }

    private JsonNode shown(ObjectNode object) {
        return switch (form) {
            case WHOLE -> object;
            case METADATA -> partial(object);
            case TABLE -> Tables.of(served, List.of(object), revision(object), include);
        };
    }

    private static ObjectNode revision(ObjectNode object) {
        var metadata = Json.object();
        Json.replace(metadata, "resourceVersion", object.path("metadata").get("resourceVersion"));
        return metadata;
    }

    Answer answerList(Page page) {
        if (form == Form.TABLE) {
            return Answer.json(Tables.of(served, page.items(), metadata(page), include));
        }
        var list = Json.object();
        if (form == Form.METADATA) {
            list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
        } else {
            list.put("kind", served.type().listKind())
                    .put("apiVersion", served.type().apiVersion());
        }
        list.set("metadata", metadata(page));
        var items = list.putArray("items");
        page.items().forEach(item -> items.add(shown(item)));
        return Answer.json(list);
    }

    private static ObjectNode metadata(Page page) {
        var metadata = Json.object().put("resourceVersion", Long.toString(page.revision()));
        if (!page.continueToken().isEmpty()) {
            metadata.put("continue", page.continueToken());
        }
        page.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
        return metadata;
    }

    static ObjectNode partial(ObjectNode object) {
        var partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
