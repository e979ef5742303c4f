package io.orrery.sandbox.backbone;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** Kafka, ZooKeeper and S3 together: started at once, closed in order. */
public final class Backbone implements AutoCloseable {
    private final DataFolder data;
    private final Kafka kafka;
    private final ZooKeeper zookeeper;
    private final S3 s3;

    private Backbone(BackboneSettings settings, Ports ports, DataFolder data) {
        this.data = data;
        this.kafka = new KafkaBroker(data.part("kafka"), ports, settings.compactionBackoff());
        this.zookeeper = new ZooKeeperNode(data.part("zookeeper"), Listening.HOST, ports.zookeeper());
        var store = settings.data().isPresent()
                ? new FilesystemNio2BlobStore(data.part("s3").toString())
                : new TransientNio2BlobStore();
        this.s3 = new S3Server(store, ports.s3(), settings.s3Keys());
    }

    /**
     * Returns when all three answer.
     *
     * @throws BackboneException if a port or the data folder is taken, or a program does not start; nothing is left running
     */
    public static Backbone start(BackboneSettings settings) {
        QuietLogs.set();
        var backbone = new Backbone(settings, Listening.resolved(settings.ports()), DataFolder.of(settings));
        try {
            backbone.startPrograms();
            return backbone;
        } catch (RuntimeException | Error e) {
            backbone.close();
            throw e;
        }
    }

    /** All at once, each in a thread of its own; returns or throws when none is on its way any more. */
    private void startPrograms() {
        List<CompletableFuture<Void>> starts;
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            starts = programs().stream()
                    .map(program -> CompletableFuture.runAsync(program::start, threads))
                    .toList();
        }
        try {
            starts.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof BackboneException told ? told : e;
        }
    }

    public Kafka kafka() {
        return kafka;
    }

    public ZooKeeper zookeeper() {
        return zookeeper;
    }

    public S3 s3() {
        return s3;
    }

    public List<Program> programs() {
        return List.of(kafka, zookeeper, s3);
    }

    public Path data() {
        return data.path();
    }

    /** May be called twice. */
    @Override
    public void close() {
        try {
            programs().forEach(Program::stop);
        } finally {
            data.close();
        }
    }
}
