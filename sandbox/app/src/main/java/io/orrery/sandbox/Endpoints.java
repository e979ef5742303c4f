package io.orrery.sandbox;

import java.net.URI;
import java.util.Optional;

/** Where everything is, as {@code sandbox.json} and the line on standard output say it. */
public record Endpoints(String kafka, String zookeeper, S3 s3, OpenStack openstack, URI status, String data, long pid) {
    /** Addressed by path. */
    public record S3(URI endpoint, String accessKey, String secretKey) {}

    /**
     * @param cloud the entry of cloudsYaml for the usual member
     * @param apiServers the proxy that leads to the clusters' API servers, if they are not where the cloud says
     */
    public record OpenStack(URI authUrl, String cloudsYaml, String cloud, Optional<URI> apiServers) {}
}
