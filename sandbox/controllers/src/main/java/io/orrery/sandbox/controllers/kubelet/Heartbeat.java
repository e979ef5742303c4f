package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.sandbox.controllers.loop.Owners;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * Keeps the Node known and well: registers it, renews its lease in kube-node-lease, and writes its status when that is no
 * longer what it should be (a node that was taken for lost becomes Ready again).
 */
final class Heartbeat {

    private static final String NAMESPACE = "kube-node-lease";

    private final KubernetesClient client;
    private final NodeRegistration registration;
    private final KubeletSettings settings;
    private boolean registered;

    Heartbeat(KubernetesClient client, NodeRegistration registration, KubeletSettings settings) {
        this.client = client;
        this.registration = registration;
        this.settings = settings;
    }

    /** As a genuine kubelet: who has been deleted while it runs does not register again by itself. */
    void beat() {
        var node = registered ? find() : register();
        if (node == null) {
            return;
        }
        renewLease(node);
        if (!isWell(node)) {
            node.setStatus(registration.healthy(node, now().toString()));
            client.resource(node).updateStatus();
        }
    }

    private Node find() {
        return client.nodes()
                .withName(registration.node().getMetadata().getName())
                .get();
    }

    private Node register() {
        var node = find();
        if (node == null) {
            node = client.resource(registration.node()).create();
        }
        node.setStatus(registration.healthy(node, now().toString()));
        node = client.resource(node).updateStatus();
        registered = true;
        return node;
    }

    private static boolean isWell(Node node) {
        return node.getStatus().getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .map(NodeCondition::getStatus)
                        .filter("True"::equals)
                        .count()
                == 1;
    }

    private void renewLease(Node node) {
        var leases = client.resources(Lease.class).inNamespace(NAMESPACE);
        var lease = leases.withName(node.getMetadata().getName()).get();
        var renewed = lease(node, lease);
        if (lease == null) {
            client.resource(renewed).create();
        } else {
            client.resource(renewed).update();
        }
    }

    private Lease lease(Node node, Lease before) {
        var name = node.getMetadata().getName();
        var owner = Owners.reference(node);
        owner.setController(null);
        owner.setBlockOwnerDeletion(null);
        return (before == null ? new LeaseBuilder() : new LeaseBuilder(before))
                .editOrNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withOwnerReferences(List.of(owner))
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds((int) settings.leaseDuration().toSeconds())
                .withRenewTime(ZonedDateTime.ofInstant(clock().instant(), ZoneOffset.UTC))
                .endSpec()
                .build();
    }

    private Clock clock() {
        return Objects.requireNonNull(settings.clock());
    }

    private Instant now() {
        return clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether the failure may pass by itself; the next beat tries again in any case. */
    static boolean isExpected(RuntimeException failure) {
        return failure instanceof KubernetesClientException e && (e.getCode() == 409 || e.getCode() == 0);
    }
}
