package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One error of a document: where (a JSON pointer, RFC 6901), of which kind, and in words for people. */
public record Violation(String pointer, Code code, String message) {

    /** Kinds of errors, for machines; they are never renamed. */
    public enum Code {
        @JsonProperty("unknown-key")
        UNKNOWN_KEY,
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("wrong-type")
        WRONG_TYPE,
        @JsonProperty("malformed")
        MALFORMED,
        @JsonProperty("out-of-range")
        OUT_OF_RANGE,
        @JsonProperty("not-allowed")
        NOT_ALLOWED,
        @JsonProperty("duplicate")
        DUPLICATE,
        @JsonProperty("conflict")
        CONFLICT,
        @JsonProperty("too-many")
        TOO_MANY
    }
}
