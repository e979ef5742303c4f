package io.orrery.cli.rest;

import picocli.CommandLine.Option;

/** Options of every command that speaks to running services. */
public final class ServiceOptions {

    @Option(
            names = "--host",
            defaultValue = "${ORRERY_HOST:-127.0.0.1}",
            description = "where the services run (default: ${DEFAULT-VALUE}, or $ORRERY_HOST)")
    private String host;

    @Option(
            names = "--port-offset",
            defaultValue = "${ORRERY_PORT_OFFSET:-0}",
            paramLabel = "N",
            description = "added to the services' usual ports (default: ${DEFAULT-VALUE}, or $ORRERY_PORT_OFFSET)")
    private int portOffset;

    public Endpoints endpoints() {
        return new Endpoints(host, portOffset);
    }
}
