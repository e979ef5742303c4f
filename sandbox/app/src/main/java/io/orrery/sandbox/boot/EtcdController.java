package io.orrery.sandbox.boot;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * RKE2's own controller for etcd members: takes one out when its Node is deleted or asks for it by annotation. With the
 * Node its name is free again too.
 */
final class EtcdController implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EtcdController.class.getName());
    private static final long RESYNC_MILLIS = 5_000;

    private final KubernetesClient client;
    private final EtcdMembers etcd;
    private final Consumer<String> nodeDeleted;
    private final Runnable membersChanged;
    private final SharedIndexInformer<Node> nodes;
    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("etcd-controller").factory());

    EtcdController(KubernetesClient client, EtcdMembers etcd, Consumer<String> nodeDeleted, Runnable membersChanged) {
        this.client = client;
        this.etcd = etcd;
        this.nodeDeleted = nodeDeleted;
        this.membersChanged = membersChanged;
        this.nodes = client.nodes().runnableInformer(RESYNC_MILLIS).exceptionHandler((started, failure) -> true);
        this.nodes.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Node node) {
                enqueue(() -> look(node));
            }

            @Override
            public void onUpdate(Node before, Node after) {
                enqueue(() -> look(after));
            }

            @Override
            public void onDelete(Node node, boolean lastStateUnknown) {
                enqueue(() -> gone(node.getMetadata().getName()));
            }
        });
        var unusedStarted = this.nodes.start();
    }

    private void enqueue(Runnable task) {
        try {
            work.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the cluster is at its end", e);
        }
    }

    private void gone(String node) {
        nodeDeleted.accept(node);
        etcd.remove(node);
        membersChanged.run();
    }

    private void look(Node node) {
        var annotations = annotations(node);
        var asked = "true".equalsIgnoreCase(annotations.get(EtcdAnnotations.REMOVE));
        if (!asked || annotations.containsKey(EtcdAnnotations.REMOVED)) {
            return;
        }
        var name = node.getMetadata().getName();
        var removed = etcd.remove(name);
        membersChanged.run();
        try {
            client.nodes().withName(name).edit(found -> removed ? answered(found) : refused(found));
        } catch (KubernetesClientException e) {
            LOG.log(Level.DEBUG, "the next resync tells what became of the member " + name, e);
        }
    }

    private static Node answered(Node node) {
        var annotations = annotations(node);
        annotations.put(
                EtcdAnnotations.REMOVED,
                annotations.getOrDefault(
                        EtcdAnnotations.NODE_NAME, node.getMetadata().getName()));
        annotations.remove(EtcdAnnotations.NODE_NAME);
        annotations.remove(EtcdAnnotations.NODE_ADDRESS);
        return with(node, annotations);
    }

    /** The rest could not work without this member: whoever asked may ask again later. */
    private static Node refused(Node node) {
        var annotations = annotations(node);
        annotations.remove(EtcdAnnotations.REMOVE);
        return with(node, annotations);
    }

    private static Map<String, String> annotations(Node node) {
        return new HashMap<>(
                Optional.ofNullable(node.getMetadata().getAnnotations()).orElse(Map.of()));
    }

    private static Node with(Node node, Map<String, String> annotations) {
        return node.edit()
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }

    @Override
    public void close() {
        nodes.stop();
        work.shutdownNow();
    }
}
