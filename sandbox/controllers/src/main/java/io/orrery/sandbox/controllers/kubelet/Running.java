package io.orrery.sandbox.controllers.kubelet;

import java.util.concurrent.CompletableFuture;

/** A container's work under way. What happens is told by futures, so that nobody has to ask. */
public interface Running {

    /** Completes when the container answers its readiness probe; never, if it ends before. */
    CompletableFuture<Void> ready();

    /** Completes when the process has ended by itself or was stopped. */
    CompletableFuture<Exit> exited();

    /** As SIGTERM: asks for the end, and frees ports. May be called twice, or after the end. */
    void stop();

    /** Ready at once, and runs until it is stopped. */
    static Running forEver() {
        return of(new CompletableFuture<>());
    }

    /** Ready at once, and ends when the future completes or when it is stopped. */
    static Running of(CompletableFuture<Exit> exited) {
        return new Running() {
            @Override
            public CompletableFuture<Void> ready() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<Exit> exited() {
                return exited;
            }

            @Override
            public void stop() {
                exited.complete(Exit.TERMINATED);
            }
        };
    }
}
