package io.orrery.provisioner.reconcile;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** What the controllers inside of a cluster make on the cloud, marked as they mark it; made when this returns. */
final class Controllers {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final String BALANCERS = ByHand.BALANCER + "/lbaas/loadbalancers";

    private final ByHand hand;

    Controllers(ByHand hand) {
        this.hand = hand;
    }

    /** @param more of its metadata, as JSON behind a comma */
    String volume(String cluster, String more) {
        var made = hand.make(ByHand.VOLUME + "/volumes", """
                {"volume": {"name": "pvc-1", "size": 1, "metadata": {"cinder.csi.openstack.org/cluster": "%s"%s}}}""".formatted(cluster, more));
        await().atMost(DEADLINE).until(() -> hand.get(ByHand.VOLUME + "/volumes/" + made)
                .at("/volume/status")
                .asText()
                .equals("available"));
        return made;
    }

    String snapshot(String cluster, String volume) {
        return hand.make(ByHand.VOLUME + "/snapshots", """
                {"snapshot": {"name": "snapshot-1", "volume_id": "%s",
                 "metadata": {"cinder.csi.openstack.org/cluster": "%s"}}}""".formatted(volume, cluster));
    }

    String securityGroup(String cluster) {
        return hand.make(ByHand.NETWORK + "/security-groups", """
                {"security_group": {"name": "lb-sg-1", "description":
                 "Security Group for default/web Service LoadBalancer in cluster %s"}}""".formatted(cluster));
    }

    String floatingIp(String cluster) {
        var external = hand.get(ByHand.NETWORK + "/networks?router:external=true")
                .at("/networks/0/id")
                .asText();
        return hand.make(ByHand.NETWORK + "/floatingips", """
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
}
