package io.orrery.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the sandbox says its programs are. */
record SandboxView(JsonNode json) {

    /** Empty until the sandbox has started. */
    static Optional<SandboxView> read(Path data) {
        try {
            return Optional.of(
                    new SandboxView(new ObjectMapper().readTree(Files.readString(data.resolve("sandbox.json")))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String kafka() {
        return json.path("kafka").asText();
    }

    String zookeeper() {
        return json.path("zookeeper").asText();
    }

    URI s3() {
        return URI.create(json.at("/s3/endpoint").asText());
    }

    String s3AccessKey() {
        return json.at("/s3/accessKey").asText();
    }

    String s3SecretKey() {
        return json.at("/s3/secretKey").asText();
    }

    /** Machines, clusters and calls of the emulated cloud. */
    URI status() {
        return URI.create(json.path("status").asText());
    }

    /** The proxy to the clusters' API servers, where they are not found at their own addresses. */
    Optional<URI> apiServers() {
        return Optional.ofNullable(json.at("/openstack/apiServers").textValue()).map(URI::create);
    }

    Path cloudsYaml() {
        return Path.of(json.at("/openstack/cloudsYaml").asText());
    }
}
