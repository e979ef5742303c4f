package io.orrery.cli.rest;

import java.net.URI;

/**
 * Where the services' REST APIs are: on one host at their usual ports, all moved by one offset.
 *
 * @param portOffset added to every port
 */
public record Endpoints(String host, int portOffset) {

    public URI provisioner() {
        return at(8081);
    }

    public URI cluster() {
        return at(8082);
    }

    public URI sparkDeployer() {
        return at(8083);
    }

    public URI jobTracker() {
        return at(8084);
    }

    public URI monitoring() {
        return at(8085);
    }

    private URI at(int port) {
        return URI.create("http://" + host + ":" + (port + portOffset));
    }
}
