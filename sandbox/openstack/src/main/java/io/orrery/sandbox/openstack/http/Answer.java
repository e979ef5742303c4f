package io.orrery.sandbox.openstack.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back. */
public record Answer(int status, Map<String, String> headers, Content content) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** The body. */
    public sealed interface Content {
        /** No body at all. */
        record None() implements Content {}

        /** A JSON body. */
        record Tree(JsonNode json) implements Content {}

        /** Text of another type. */
        record Text(String type, String text) implements Content {}

        /** An error page, whose form depends on what the client accepts. */
        record Page(String title, String explanation) implements Content {}

        /** The bytes of a file. */
        record Bytes(Path file) implements Content {}
    }

    public static Answer ok(JsonNode json) {
        return of(200, json);
    }

    public static Answer of(int status, JsonNode json) {
        return new Answer(status, Map.of(), new Content.Tree(json));
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Content.None());
    }

    public static Answer text(int status, String type, String text) {
        return new Answer(status, Map.of(), new Content.Text(type, text));
    }

    public static Answer file(Path file) {
        return new Answer(200, Map.of(), new Content.Bytes(file));
    }

    /** The same with one more header. */
    public Answer with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, content);
    }

    /** An error in the form that WebOb gives it. */
    public static Answer webob(int status, String title, String explanation) {
        return new Answer(status, Map.of(), new Content.Page(title, explanation));
    }
}
