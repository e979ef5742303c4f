package io.orrery.sandbox.kubernetes.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An answer that is not a success, in the form clients expect: a {@code Status} with a code and a reason. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ObjectNode status;

    private ApiError(int code, String reason, String message) {
        super(message);
        status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        status.put("code", code);
    }

    /** One wrong field: where it is, upstream's reason (FieldValueInvalid, FieldManagerConflict, …), and what is wrong. */
    public record Cause(String field, String reason, String message) {
        public static Cause invalid(String field, String message) {
            return new Cause(field, "FieldValueInvalid", message);
        }

        public static Cause required(String field) {
            return new Cause(field, "FieldValueRequired", "Required value");
        }

        public static Cause forbidden(String field, String message) {
            return new Cause(field, "FieldValueForbidden", "Forbidden: " + message);
        }
    }

    public int code() {
        return status.path("code").asInt();
    }

    public String reason() {
        return status.path("reason").asText();
    }

    /** A copy that the caller may change. */
    public ObjectNode status() {
        return status.deepCopy();
    }

    public static ApiError notFound(ResourceType type, String name) {
        return new ApiError(404, "NotFound", type.qualifiedPlural() + " \"" + name + "\" not found").about(type, name);
    }

    /** The path itself is not served. */
    public static ApiError noSuchPath() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiError alreadyExists(ResourceType type, String name) {
        return new ApiError(409, "AlreadyExists", type.qualifiedPlural() + " \"" + name + "\" already exists")
                .about(type, name);
    }

    public static ApiError conflict(ResourceType type, String name, String why) {
        return new ApiError(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on " + type.qualifiedPlural() + " \"" + name + "\": " + why)
                .about(type, name);
    }

    /** The caller read an older object than the one stored. */
    public static ApiError stale(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** Fields of server-side apply that another manager owns. */
    public static ApiError applyConflict(List<Cause> causes) {
        var message = (causes.size() == 1
                        ? "Apply failed with 1 conflict: "
                        : "Apply failed with " + causes.size() + " conflicts: ")
                + String.join(
                        ", ",
                        causes.stream()
                                .map(cause -> cause.message() + ": " + cause.field())
                                .toList());
        return new ApiError(409, "Conflict", message).because(causes);
    }

    public static ApiError invalid(ResourceType type, String name, List<Cause> causes) {
        var texts = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .toList();
        var text = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
        var error = new ApiError(422, "Invalid", type.qualifiedKind() + " \"" + name + "\" is invalid: " + text);
        error.details().put("name", name).put("group", type.group()).put("kind", type.kind());
        return error.because(causes);
    }

    /** Understood, and impossible: a JSON patch that does not fit the object. */
    public static ApiError unprocessable(String message) {
        return new ApiError(422, "Invalid", message);
    }

    public static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message);
    }

    public static ApiError unauthorized() {
        return new ApiError(401, "Unauthorized", "Unauthorized");
    }

    public static ApiError forbidden(ResourceType type, String name, String why) {
        return new ApiError(403, "Forbidden", type.qualifiedPlural() + " \"" + name + "\" is forbidden: " + why)
                .about(type, name);
    }

    public static ApiError namespaceTerminating(ResourceType type, String name, String namespace) {
        var error = forbidden(
                type,
                name,
                "unable to create new content in namespace " + namespace + " because it is being terminated");
        return error.because(List.of(new Cause(
                "metadata.namespace", "NamespaceTerminating", "namespace " + namespace + " is being terminated")));
    }

    public static ApiError methodNotAllowed(String what) {
        return new ApiError(405, "MethodNotAllowed", what);
    }

    public static ApiError notAcceptable(String accepted) {
        return new ApiError(406, "NotAcceptable", "only the following media types are accepted: " + accepted);
    }

    public static ApiError gone(String message) {
        return new ApiError(410, "Expired", message);
    }

    public static ApiError tooLarge(int limit) {
        return new ApiError(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
    }

    public static ApiError unsupportedMediaType(String accepted) {
        return new ApiError(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    public static ApiError tooManyRequests(String message, int retryAfterSeconds) {
        var error = new ApiError(429, "TooManyRequests", message);
        error.details().put("retryAfterSeconds", retryAfterSeconds);
        return error;
    }

    public static ApiError internal(String message) {
        return new ApiError(500, "InternalError", "Internal error occurred: " + message);
    }

    public static ApiError notImplemented(String message) {
        return new ApiError(501, "NotImplemented", message);
    }

    public static ApiError unavailable(String message) {
        return new ApiError(503, "ServiceUnavailable", message);
    }

    public static ApiError futureRevision(long asked, long current) {
        var error = new ApiError(504, "Timeout", "Too large resource version: " + asked + ", current: " + current);
        error.details().put("retryAfterSeconds", 1);
        return error.because(List.of(new Cause("", "ResourceVersionTooLarge", "Too large resource version")));
    }

    /** Adds a continue token with which a list may go on, inconsistently, after its snapshot is gone. */
    public ApiError continuing(String token) {
        ((ObjectNode) status.get("metadata")).put("continue", token);
        return this;
    }

    public ApiError because(List<Cause> causes) {
        var array = details().putArray("causes");
        for (var cause : causes) {
            var node = array.addObject().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) {
                node.put("field", cause.field());
            }
        }
        return this;
    }

    private ApiError about(ResourceType type, String name) {
        var details = details().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural());
        return this;
    }

    private ObjectNode details() {
        return Json.child(status, "details");
    }
}
