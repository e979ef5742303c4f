package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Handler;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Map;

/** Metadata and tags of servers. */
final class ServerLabels {
    private static final String METADATA = "/v2.1/servers/{id}/metadata";
    private static final String TAGS = "/v2.1/servers/{id}/tags";

    private final Servers servers;
    private final ServerForm form;

    ServerLabels(Servers servers, ServerForm form) {
        this.servers = servers;
        this.form = form;
    }

    void routes(Routes routes) {
        routes.on("GET", METADATA, request -> metadata(servers.find(request)))
                .on("POST", METADATA, request -> put(request, false))
                .on("PUT", METADATA, request -> put(request, true))
                .on("GET", METADATA + "/{key}", this::item)
                .on("PUT", METADATA + "/{key}", this::putItem)
                .on("DELETE", METADATA + "/{key}", this::deleteItem)
                .on("GET", TAGS, since26(request -> tags(servers.find(request))))
                .on("PUT", TAGS, since26(this::putTags))
                .on("DELETE", TAGS, since26(this::clearTags))
                .on("GET", TAGS + "/{tag}", since26(this::tag))
                .on("PUT", TAGS + "/{tag}", since26(this::putTag))
                .on("DELETE", TAGS + "/{tag}", since26(this::deleteTag));
    }

    private static Answer metadata(Server server) {
        return Answer.ok(Json.object("metadata", server.metadata()));
    }

    private Answer put(Request request, boolean whole) {
        var server = servers.find(request);
        Servers.refuseLocked(request, server);
        var given = request.json().path("metadata");
        if (!given.isObject()) {
            throw ServerForm.bad("Invalid input for field/attribute metadata. 'metadata' is a required property");
        }
        given.properties().forEach(pair -> requireText(pair.getKey(), pair.getValue()));
        form.checkCount(whole ? given.size() : server.metadata().size() + given.size());
        if (whole) {
            server.metadata().clear();
        }
        given.properties().forEach(pair -> server.metadata()
                .put(pair.getKey(), pair.getValue().asText()));
        return metadata(server);
    }

    private static void requireText(String key, JsonNode value) {
        if (!value.isTextual()) {
            throw ServerForm.bad("Invalid input for field/attribute %s. Value: %s. %s is not of type 'string'"
                    .formatted(key, value, value));
        }
    }

    private Answer item(Request request) {
        var server = servers.find(request);
        var key = requireKey(server, request);
        return Answer.ok(Json.object("meta", Map.of(key, server.metadata().get(key))));
    }

    private static String requireKey(Server server, Request request) {
        var key = request.variable("key");
        if (!server.metadata().containsKey(key)) {
            throw new Refusal(404, "Metadata item was not found");
        }
        return key;
    }

    private Answer putItem(Request request) {
        var server = servers.find(request);
        Servers.refuseLocked(request, server);
        var key = request.variable("key");
        var value = request.json().path("meta").path(key);
        if (value.isMissingNode()) {
            throw ServerForm.bad("Request body and URI mismatch");
        }
        requireText(key, value);
        server.metadata().put(key, value.asText());
        return Answer.ok(Json.object("meta", Map.of(key, value.asText())));
    }

    private Answer deleteItem(Request request) {
        var server = servers.find(request);
        Servers.refuseLocked(request, server);
        server.metadata().remove(requireKey(server, request));
        return Answer.empty(204);
    }

    /** Before this microversion there are no tags. */
    private static Handler since26(Handler handler) {
        return request -> {
            if (!Nova.version(request).since(26)) {
                throw new Refusal(404, "The resource could not be found.");
            }
            return handler.handle(request);
        };
    }

    private static Answer tags(Server server) {
        return Answer.ok(Json.object("tags", Json.node(server.tags())));
    }

    private Answer putTags(Request request) {
        var server = servers.find(request);
        var given = request.json().path("tags");
        if (!given.isArray()) {
            throw ServerForm.bad("Invalid input for field/attribute tags. 'tags' is a required property");
        }
        server.tags().clear();
        server.tags().addAll(Json.texts(given));
        return tags(server);
    }

    private Answer clearTags(Request request) {
        servers.find(request).tags().clear();
        return Answer.empty(204);
    }

    private Answer tag(Request request) {
        var server = servers.find(request);
        if (!server.tags().contains(request.variable("tag"))) {
            throw new Refusal(404, "Server %s has no tag '%s'".formatted(server.id(), request.variable("tag")));
        }
        return Answer.empty(204);
    }

    private Answer putTag(Request request) {
        boolean added = servers.find(request).tags().add(request.variable("tag"));
        return Answer.empty(added ? 201 : 204);
    }

    private Answer deleteTag(Request request) {
        var server = servers.find(request);
        if (!server.tags().remove(request.variable("tag"))) {
            throw new Refusal(404, "Instance %s has no tag '%s'".formatted(server.id(), request.variable("tag")));
        }
        return Answer.empty(204);
    }
}
