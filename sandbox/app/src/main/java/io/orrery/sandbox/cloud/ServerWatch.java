package io.orrery.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.boot.LinkedFirmware;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Looks at the project's servers, and lets those boot that bear a platform's mark and were asked for by way of the relay. What a
 * list lacks is asked for by its id before it is taken for gone. A reboot between two looks is not seen.
 */
final class ServerWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ServerWatch.class.getName());
    private static final String MARK = "orrery.platform";

    private final CloudConnection cloud;
    private final KeptUserData userData;
    private final LinkedFirmware firmware;
    private final Map<String, RemoteGuest> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    ServerWatch(CloudConnection cloud, KeptUserData userData, LinkedFirmware firmware) {
        this.cloud = cloud;
        this.userData = userData;
        this.firmware = firmware;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() says itself what goes wrong
    void start(Duration beat) {
        timer.scheduleWithFixedDelay(this::look, 0, beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            follow();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The servers cannot be looked at; tried again soon: " + e.getMessage(), e);
        }
    }

    private void follow() {
        var listed = cloud.servers().stream()
                .filter(server -> server.path("metadata").has(MARK))
                .collect(Collectors.toMap(server -> server.path("id").asText(), Function.identity()));
        for (var guest : new ArrayList<>(running.values())) {
            if (!listed.containsKey(guest.id()) && cloud.server(guest.id()).isEmpty()) {
                end(guest);
                firmware.delete(guest.id());
            }
        }
        listed.values().forEach(this::follow);
    }

    private void follow(JsonNode server) {
        var guest = running.get(server.path("id").asText());
        switch (server.path("status").asText()) {
            case "ACTIVE" -> {
                if (guest == null) {
                    boot(server);
                }
            }
            case "SHUTOFF", "ERROR", "DELETED", "SOFT_DELETED" -> {
                if (guest != null) {
                    end(guest);
                    firmware.powerOff(guest.id());
                }
            }
            default -> {} // on its way somewhere
        }
    }

    private void boot(JsonNode server) {
        userData.of(server.path("name").asText()).ifPresent(data -> {
            var guest = new RemoteGuest(server, data, cloud);
            running.put(guest.id(), guest);
            firmware.powerOn(guest);
        });
    }

    private void end(RemoteGuest guest) {
        guest.ended();
        running.remove(guest.id());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
