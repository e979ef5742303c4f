package io.orrery.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A service refused the request, or did not answer it. The message is for people. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    ApiException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** HTTP status, or 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** Of a problem document (RFC 9457): its detail, and every error of a refused document on a line of its own. */
    static ApiException of(int status, JsonNode problem) {
        var title = problem.path("title").asText("HTTP " + status);
        var detail = problem.path("detail").asText("");
        var errors = StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> "\n  %s  %s"
                        .formatted(
                                error.path("pointer").asText(),
                                error.path("message").asText()))
                .collect(Collectors.joining());
        return new ApiException(status, (detail.isEmpty() ? title : title + ": " + detail) + errors);
    }
}
