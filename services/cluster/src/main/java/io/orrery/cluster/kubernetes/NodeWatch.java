package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Wakes when a node comes, goes, or changes in what matters here; heartbeats do not. Reads nothing: passes do that. */
final class NodeWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NodeWatch.class);

    private final KubernetesClient client;
    private final Runnable wake;
    private Optional<SharedIndexInformer<Node>> informer = Optional.empty();
    private boolean closed;

    NodeWatch(KubernetesClient client, Runnable wake) {
        this.client = client;
        this.wake = wake;
    }

    /** Begins, unless it has. Call it once the API has answered; what goes wrong later is mended by the informer. */
    synchronized void begin() {
        if (closed || informer.isPresent()) {
            return;
        }
        var started = client.nodes().runnableInformer(0).addEventHandler(new Waking());
        // false ends the informer: whatever happens, it is to go on
        started.exceptionHandler((everStarted, failure) -> true);
        CompletionStage<Void> begun = started.start();
        begun.whenComplete((nothing, failure) -> LOG.debugf(failure, "watching nodes of %s", client.getMasterUrl()));
        informer = Optional.of(started);
    }

    @Override
    public synchronized void close() {
        closed = true;
        informer.ifPresent(SharedIndexInformer::close);
    }

    private final class Waking implements ResourceEventHandler<Node> {

        @Override
        public void onAdd(Node node) {
            wake.run();
        }

        @Override
        public void onUpdate(Node before, Node after) {
            if (!Nodes.read(before, 0).equals(Nodes.read(after, 0))) {
                wake.run();
            }
        }

        @Override
        public void onDelete(Node node, boolean lastStateUnknown) {
            wake.run();
        }
    }
}
