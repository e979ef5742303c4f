package io.orrery.sandbox.boot;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** What cloud-init and RKE2 write to a machine's console. */
final class Console {
    private final Guest guest;
    private final Clock clock;

    Console(Guest guest, Clock clock) {
        this.guest = guest;
        this.clock = clock;
    }

    void cloudInit(String message) {
        guest.console("cloud-init[812]: " + clock.instant().truncatedTo(ChronoUnit.MILLIS) + " - " + message);
    }

    void rke2(String logLine) {
        guest.console("rke2[1021]: time=\"" + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\" " + logLine);
    }

    void systemd(String message) {
        guest.console("systemd[1]: " + message);
    }

    /** Said by the sandbox itself, where a genuine machine would be silent. */
    void sandbox(String message) {
        guest.console("[sandbox] " + message);
    }

    void login(String hostName) {
        guest.console("");
        guest.console("Ubuntu 22.04.5 LTS " + hostName + " ttyS0");
        guest.console("");
        guest.console(hostName + " login: ");
    }
}
