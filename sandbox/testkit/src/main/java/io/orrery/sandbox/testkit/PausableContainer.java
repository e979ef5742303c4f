package io.orrery.sandbox.testkit;

import io.orrery.sandbox.backbone.Program;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;

/** Plays an outage by pausing: a container that is stopped and started again would come back at another port. */
record PausableContainer(String name, GenericContainer<?> container) implements Program {
    @Override
    public boolean running() {
        var state = container.getCurrentContainerInfo().getState();
        return Objects.equals(state.getRunning(), true) && !Objects.equals(state.getPaused(), true);
    }

    @Override
    public void start() {
        if (!running()) {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    @Override
    public void stop() {
        if (running()) {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    /** A program whose life is its container's. */
    interface Within extends Program {
        PausableContainer container();

        @Override
        default String name() {
            return container().name();
        }

        @Override
        default boolean running() {
            return container().running();
        }

        @Override
        default void start() {
            container().start();
        }

        @Override
        default void stop() {
            container().stop();
        }
    }
}
