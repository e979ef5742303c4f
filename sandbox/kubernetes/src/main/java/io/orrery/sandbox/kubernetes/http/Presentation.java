package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Page;
import io.orrery.sandbox.kubernetes.registry.Served;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The form in which the client wants to see objects: whole, their metadata only, or a table for people. */
enum Presentation {
    WHOLE,
    METADATA,
    TABLE;

    private static final Pattern V1 = Pattern.compile(";v=v1(;|$)");

    static Presentation of(Exchange exchange) {
        var accept = exchange.header("Accept").replace(" ", "");
        if (accept.isEmpty()) {
            return WHOLE;
        }
        return Stream.of(accept.split(",", -1))
                .map(Presentation::ofRange)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> ApiError.notAcceptable("application/json"));
    }

    private static Optional<Presentation> ofRange(String range) {
        if (range.startsWith("*/*") || range.startsWith("application/*")) {
            return Optional.of(WHOLE);
        }
        if (!range.startsWith("application/json")) {
            return Optional.empty();
        }
        if (!range.contains("as=")) {
            return Optional.of(WHOLE);
        }
        if (!V1.matcher(range).find()) {
            return Optional.empty();
        }
        return range.contains("as=Table")
                ? Optional.of(TABLE)
                : range.contains("as=PartialObjectMetadata") ? Optional.of(METADATA) : Optional.empty();
    }

    Answer answer(int code, ObjectNode object) {
        return Answer.json(code, shown(object));
    }

    JsonNode watched(JsonNode object) {
        return shown((ObjectNode) object);
    }

    private JsonNode shown(ObjectNode object) {
        return switch (this) {
            case WHOLE -> object;
            case METADATA -> partial(object);
            case TABLE -> object;
        };
    }

    Answer answerList(Served served, Page page) {
        var list = Json.object();
        if (this == METADATA) {
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

    static ObjectNode metadata(Page page) {
        var metadata = Json.object().put("resourceVersion", Long.toString(page.revision()));
        if (!page.continueToken().isEmpty()) {
            metadata.put("continue", page.continueToken());
        }
        page.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
        return metadata;
    }

    private static ObjectNode partial(ObjectNode object) {
        var partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
