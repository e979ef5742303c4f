package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.registry.Catalog;
import io.orrery.sandbox.kubernetes.registry.Served;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * The little of OpenAPI that kubectl and Helm ask for: which groups have a document, and that patches of each kind take
 * {@code fieldValidation}, so that clients leave validation to the server. No schemas: {@code kubectl explain} finds
 * nothing.
 */
final class OpenApi {
    private static final String V2_PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final Catalog catalog;
    private final ServerVersion version;

    OpenApi(Catalog catalog, ServerVersion version) {
        this.catalog = catalog;
        this.version = version;
    }

    Optional<Answer> answer(Exchange exchange) {
        var path = exchange.path();
        if (path.equals("/openapi/v2")) {
            return Optional.of(v2(exchange));
        }
        if (path.equals("/openapi/v3")) {
            return Optional.of(Answer.json(index()));
        }
        if (!path.startsWith("/openapi/v3/")) {
            return Optional.empty();
        }
        return document(path.substring("/openapi/v3/".length()));
    }

    private ObjectNode index() {
        var index = Json.object();
        var paths = index.putObject("paths");
        var roots = new LinkedHashSet<String>();
        catalog.all().forEach(served -> roots.add(root(served.type())));
        roots.forEach(root -> paths.putObject(root).put("serverRelativeURL", "/openapi/v3/" + root));
        return index;
    }

    private static String root(ResourceType type) {
        return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
    }

    private Optional<Answer> document(String root) {
        var types = catalog.all().stream()
                .map(Served::type)
                .filter(type -> root(type).equals(root))
                .toList();
        if (types.isEmpty()) {
            return Optional.empty();
        }
        var document = Json.object().put("openapi", "3.0.0");
        document.set("info", info());
        var paths = document.putObject("paths");
        types.forEach(type -> paths.set("/" + root + path(type), patchOf(type)));
        document.putObject("components").putObject("schemas");
        return Optional.of(Answer.json(document));
    }

    private static String path(ResourceType type) {
        return (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural() + "/{name}";
    }

    private static ObjectNode patchOf(ResourceType type) {
        var path = Json.object();
        var patch = path.putObject("patch");
        patch.putArray("parameters")
                .addObject()
                .put("name", "fieldValidation")
                .put("in", "query")
                .putObject("schema")
                .put("type", "string");
        patch.putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
        patch.putObject("responses").putObject("200").put("description", "OK");
        return path;
    }

    private ObjectNode info() {
        return Json.object().put("title", "Kubernetes").put("version", version.gitVersion());
    }

    private Answer v2(Exchange exchange) {
        if (exchange.header("Accept").contains("protobuf")) {
            return new Answer.Body(200, V2_PROTOBUF, protobuf());
        }
        var document = Json.object().put("swagger", "2.0");
        document.set("info", info());
        document.putObject("paths");
        document.putObject("definitions");
        return Answer.json(document);
    }

    /** The same document as gnostic's openapi.v2.Document: swagger = 1, info = 2 (title = 1, version = 2), paths = 8. */
    private Buffer protobuf() {
        var info = Buffer.buffer()
                .appendBuffer(field(1, Buffer.buffer("Kubernetes")))
                .appendBuffer(field(2, Buffer.buffer(version.gitVersion().getBytes(StandardCharsets.UTF_8))));
        return Buffer.buffer()
                .appendBuffer(field(1, Buffer.buffer("2.0")))
                .appendBuffer(field(2, info))
                .appendBuffer(field(8, Buffer.buffer()));
    }

    /** One length-delimited field; nothing here is longer than a length of one byte can say. */
    private static Buffer field(int number, Buffer content) {
        return Buffer.buffer()
                .appendByte((byte) (number << 3 | 2))
                .appendByte((byte) content.length())
                .appendBuffer(content);
    }
}
