package io.orrery.jobtracker.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.jobtracker.limits.OpenEoZooKeeper;
import io.orrery.jobtracker.limits.ZooKeeperSession;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** ZooKeeper inside the platform's cluster, where nobody can reach it from outside but through the API server. */
public final class ForwardedZooKeeper implements OpenEoZooKeeper {

    private static final Logger LOG = Logger.getLogger(ForwardedZooKeeper.class);

    /** The first of spark-deployer's StatefulSet, in the namespace of the jobs. */
    private static final String POD = "zookeeper-0";

    private static final int PORT = 2181;

    private final Facts facts;
    private final Sealer sealer;
    private final Duration patience;

    /** @param patience for how long an answer is waited for */
    public ForwardedZooKeeper(Facts facts, Sealer sealer, Duration patience) {
        this.facts = facts;
        this.sealer = sealer;
        this.patience = patience;
    }

    @Override
    public Session open(PlatformName platform) {
        var known = facts.about(platform);
        var access = known.cluster()
                .flatMap(ClusterStatus::access)
                .orElseThrow(() -> new UnreachableException(platform + " has no cluster yet"));
        var namespace = known.platform()
                .map(PlatformStatus::document)
                .map(document -> document.spec().spark().jobs().namespace())
                .orElseThrow(() -> new UnreachableException(platform + " is no more"));
        var uid = known.uid().orElseThrow();
        return through(KubernetesClusters.client(new String(sealer.open(uid, access.kubeconfig()), UTF_8)), namespace);
    }

    @SuppressWarnings("MustBeClosedChecker") // the session closes what it was opened through
    private Session through(KubernetesClient client, String namespace) {
        try {
            var forward = client.pods().inNamespace(namespace).withName(POD).portForward(PORT);
            return ZooKeeperSession.at("127.0.0.1:" + forward.getLocalPort(), patience, () -> {
                close(forward);
                client.close();
            });
        } catch (KubernetesClientException e) {
            client.close();
            throw new UnreachableException("there is no way to openEO's ZooKeeper: " + e.getMessage(), e);
        }
    }

    private static void close(LocalPortForward forward) {
        try {
            forward.close();
        } catch (IOException e) {
            LOG.debug("a way that is no longer needed did not close", e);
        }
    }
}
