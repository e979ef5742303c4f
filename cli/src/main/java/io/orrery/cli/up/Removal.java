package io.orrery.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.cli.CommandException;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ApiException;
import io.orrery.cli.rest.Endpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes a platform away by its provisioner. */
final class Removal {

    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final String ALONE = "?force=true&skip=cluster&skip=tracking&skip=workloads&skip=observability";

    private final Api api = new Api();
    private final Endpoints endpoints;

    Removal(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Waits for the teardown certificate.
     *
     * @param alone if the other stages have nothing left to remove: emulated clusters end with the sandbox
     * @return the certificate
     */
    JsonNode of(String platform, boolean alone, Duration patience) throws InterruptedException {
        var deadline = Instant.now().plus(patience);
        var path = "/platforms/" + platform;
        var asked = false;
        while (Instant.now().isBefore(deadline)) {
            asked = asked || ask(path + (alone ? ALONE : ""));
            var certificate = asked ? certificate(path) : Optional.<JsonNode>empty();
            if (certificate.isPresent()) {
                return certificate.get();
            }
            Thread.sleep(GLANCE);
        }
        throw new CommandException(
                "%s is not removed after %d s; it says: %s".formatted(platform, patience.toSeconds(), detail(path)));
    }

    /** A leader is elected some moments after the service is ready. */
    private boolean ask(String path) {
        try {
            api.send("DELETE", endpoints.provisioner(), path);
            return true;
        } catch (ApiException e) {
            return e.status() == 404;
        }
    }

    private Optional<JsonNode> certificate(String path) {
        try {
            return api.find(endpoints.provisioner(), path + "/certificate");
        } catch (ApiException e) {
            return Optional.empty(); // it is being started again
        }
    }

    private String detail(String path) {
        return api.find(endpoints.provisioner(), path)
                .map(PlatformView::new)
                .map(view -> view.detail("infrastructure"))
                .orElse("nothing");
    }
}
