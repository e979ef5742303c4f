package io.orrery.provisioner.reconcile;

import static org.awaitility.Awaitility.await;

import io.orrery.sandbox.openstack.OpenStackEmulator;
import java.time.Duration;

/** What the controllers inside of a cluster make on the cloud, marked as they mark it; made when this returns. */
final class Controllers implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final String BALANCERS = "/load-balancer/v2.0/lbaas/loadbalancers";

    private final ByHand hand;

    Controllers(OpenStackEmulator cloud) {
        this.hand = new ByHand(cloud);
    }

    /** @param more of its metadata, as JSON behind a comma */
    String volume(String cluster, String more) {
        var made = hand.make(hand.blockStorage() + "/volumes", """
                {"volume": {"name": "pvc-1", "size": 1, "metadata": {"cinder.csi.openstack.org/cluster": "%s"%s}}}""".formatted(cluster, more));
        await().atMost(DEADLINE).until(() -> hand.get(hand.blockStorage() + "/volumes/" + made)
                .at("/volume/status")
                .asText()
                .equals("available"));
        return made;
    }

    String snapshot(String cluster, String volume) {
        return hand.make(hand.blockStorage() + "/snapshots", """
                {"snapshot": {"name": "snapshot-1", "volume_id": "%s",
                 "metadata": {"cinder.csi.openstack.org/cluster": "%s"}}}""".formatted(volume, cluster));
    }

    String securityGroup(String cluster) {
        return hand.make("/network/v2.0/security-groups", """
                {"security_group": {"name": "lb-sg-1", "description":
                 "Security Group for default/web Service LoadBalancer in cluster %s"}}""".formatted(cluster));
    }

    String floatingIp(String cluster) {
        var external = hand.get("/network/v2.0/networks?router:external=true")
                .at("/networks/0/id")
                .asText();
        return hand.make("/network/v2.0/floatingips", """
                {"floatingip": {"floating_network_id": "%s", "description":
                 "Floating IP for Kubernetes external service default/web from cluster %s"}}""".formatted(external, cluster));
    }

    /** It holds a port on the network. */
    String loadBalancer(String cluster, String network) {
        var made = hand.make(BALANCERS, """
                {"loadbalancer": {"name": "kube_service_%s_default_web", "vip_network_id": "%s"}}""".formatted(cluster, network));
        await().atMost(DEADLINE).until(() -> hand.get(BALANCERS + "/" + made)
                .at("/loadbalancer/provisioning_status")
                .asText()
                .equals("ACTIVE"));
        return made;
    }

    @Override
    public void close() {
        hand.close();
    }
}
