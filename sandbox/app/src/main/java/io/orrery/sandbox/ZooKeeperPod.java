package io.orrery.sandbox;

import io.fabric8.kubernetes.api.model.Pod;
import io.orrery.sandbox.backbone.BackboneException;
import io.orrery.sandbox.backbone.ZooKeeper;
import io.orrery.sandbox.controllers.kubelet.Exit;
import io.orrery.sandbox.controllers.kubelet.PodContext;
import io.orrery.sandbox.controllers.kubelet.Running;
import io.orrery.sandbox.controllers.kubelet.Workload;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/** ZooKeeper for openEO's own use: the genuine program, at the pod's address. Its data outlive the pod, as on a volume. */
final class ZooKeeperPod implements Workload {

    private static final int PORT = 2181;

    private final Path folder;

    private ZooKeeperPod(Path folder) {
        this.folder = folder;
    }

    /** @param folder of the data of all of them; what a former sandbox has left there is removed, as its clusters are gone */
    static ZooKeeperPod withVolumesIn(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (var former = Files.walk(folder)) {
                    former.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ZooKeeperPod(folder);
    }

    @Override
    public Running start(PodContext context) {
        var server = ZooKeeper.alone(folder.resolve(volume(context.pod())), context.podIp(), PORT);
        var process = new ServerProcess(server, context);
        Thread.ofVirtual().name("zookeeper-" + context.podIp()).start(process::run);
        return process;
    }

    /** Platforms have pods of the same name: the StatefulSet tells them apart, and stays when the pod is another. */
    private static String volume(Pod pod) {
        var owner = pod.getMetadata().getOwnerReferences().stream()
                .map(reference -> reference.getUid())
                .findFirst()
                .orElse(pod.getMetadata().getUid());
        return pod.getMetadata().getName() + "-" + owner;
    }

    private static final class ServerProcess implements Running {

        private final ZooKeeper server;
        private final PodContext context;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<Exit> exited = new CompletableFuture<>();
        private boolean stopped;

        ServerProcess(ZooKeeper server, PodContext context) {
            this.server = server;
            this.context = context;
        }

        synchronized void run() {
            if (stopped) {
                return;
            }
            try {
                server.start();
                context.log().line("INFO binding to port " + server.connectString());
                ready.complete(null);
            } catch (BackboneException e) {
                context.log().line("ERROR " + e.getMessage());
                exited.complete(Exit.error(1));
            }
        }

        @Override
        public CompletableFuture<Void> ready() {
            return ready;
        }

        @Override
        public CompletableFuture<Exit> exited() {
            return exited;
        }

        @Override
        public synchronized void stop() {
            stopped = true;
            server.stop();
            exited.complete(Exit.TERMINATED);
        }
    }
}
