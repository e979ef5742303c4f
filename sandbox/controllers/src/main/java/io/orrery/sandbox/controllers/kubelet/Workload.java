package io.orrery.sandbox.controllers.kubelet;

import java.io.IOException;

/** What a container of some image does when it runs. */
@FunctionalInterface
public interface Workload {

    /** Starts the work and returns. An exception is a container that could not be started: its message is what the pod's status says. */
    Running start(PodContext context) throws IOException;
}
