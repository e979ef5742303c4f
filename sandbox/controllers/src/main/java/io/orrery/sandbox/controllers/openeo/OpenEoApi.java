package io.orrery.sandbox.controllers.openeo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** openEO's answers to anonymous questions. Pure: method and path in, status and JSON out; what is not here is 404. */
final class OpenEoApi {

    /** An HTTP answer with a JSON body. */
    record Answer(int status, JsonNode body) {}

    private static final String VERSION = "1.2.0";
    private static final String BACKEND_VERSION = "0.73.0";
    private static final String BASE = "/openeo/1.2";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LayerCatalogue catalogue;
    private final ArrayNode processes;

    OpenEoApi(LayerCatalogue catalogue) {
        this.catalogue = catalogue;
        this.processes = processes();
    }

    private static ArrayNode processes() {
        try (var file = OpenEoApi.class.getResourceAsStream("processes.json")) {
            return (ArrayNode) JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of processes is part of this program", e);
        }
    }

    /** @param root scheme and authority by which the caller has reached us, for links */
    Answer answer(String method, String path, String root) {
        var answer = get(path, root);
        return answer.status() == 200 && !List.of("GET", "HEAD").contains(method)
                ? error(405, "MethodNotAllowed", "405 Method Not Allowed: " + method + " " + path)
                : answer;
    }

    private Answer get(String path, String root) {
        if ("/.well-known/openeo".equals(path)) {
            return ok(versions(root));
        }
        if (!path.equals(BASE) && !path.startsWith(BASE + "/")) {
            return unknown();
        }
        var inside = path.substring(BASE.length());
        return switch (inside) {
            case "", "/" -> ok(capabilities(root));
            case "/collections" -> ok(collections(root));
            case "/processes" -> ok(listOf("processes", processes));
            case "/health" -> ok(health());
            default -> inside.startsWith("/collections/") ? collection(inside) : unknown();
        };
    }

    private Answer collection(String inside) {
        var id = inside.substring("/collections/".length());
        if (id.contains("/")) {
            return unknown();
        }
        return catalogue
                .find(id)
                .map(OpenEoApi::ok)
                .orElseGet(() -> error(404, "CollectionNotFound", "Collection '" + id + "' does not exist."));
    }

    private static ObjectNode versions(String root) {
        var versions = JSON.createObjectNode();
        versions.putArray("versions")
                .addObject()
                .put("url", root + BASE + "/")
                .put("api_version", VERSION)
                .put("production", false);
        return versions;
    }

    private static ObjectNode capabilities(String root) {
        var all = JSON.createObjectNode();
        all.put("api_version", VERSION);
        all.put("backend_version", BACKEND_VERSION);
        all.put("stac_version", "1.0.0");
        all.put("type", "Catalog");
        all.put("id", "openeo-geotrellis");
        all.put("title", "openEO in Orrery's sandbox");
        all.put("description", "Answers as an openEO web app does, without Spark behind it.");
        all.put("production", false);
        var endpoints = all.putArray("endpoints");
        for (var path : List.of(
                "/", "/collections", "/collections/{collection_id}", "/processes", "/health", "/.well-known/openeo")) {
            endpoints.addObject().put("path", path).putArray("methods").add("GET");
        }
        var links = all.putArray("links");
        links.addObject().put("rel", "self").put("href", root + BASE + "/").put("type", "application/json");
        links.addObject()
                .put("rel", "version-history")
                .put("href", root + "/.well-known/openeo")
                .put("type", "application/json");
        links.addObject()
                .put("rel", "data")
                .put("href", root + BASE + "/collections")
                .put("type", "application/json");
        return all;
    }

    private ObjectNode collections(String root) {
        var list = JSON.createArrayNode();
        catalogue.listed().forEach(list::add);
        var all = listOf("collections", list);
        ((ArrayNode) all.get("links")).addObject().put("rel", "self").put("href", root + BASE + "/collections");
        return all;
    }

    private static ObjectNode listOf(String name, ArrayNode items) {
        var all = JSON.createObjectNode();
        all.set(name, items);
        all.putArray("links");
        return all;
    }

    /** 14 is what the real one lets Spark add up: the squares of 1, 2 and 3. */
    private static ObjectNode health() {
        return JSON.createObjectNode().put("mode", "spark").put("status", "OK").put("count", 14);
    }

    private static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    private static Answer unknown() {
        return error(
                404,
                "NotFound",
                "404 Not Found: The requested URL was not found on the server. If you entered the URL manually please"
                        + " check your spelling and try again.");
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                JSON.createObjectNode()
                        .put("code", code)
                        .put("id", "r-" + UUID.randomUUID().toString().replace("-", ""))
                        .put("message", message));
    }
}
