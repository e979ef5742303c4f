package io.orrery.sparkdeployer.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.orrery.contracts.WorkloadStatus.Evidence;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Probe;
import io.orrery.sparkdeployer.plan.Diagnosis;
import io.orrery.sparkdeployer.plan.Manifests;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import java.time.Clock;
import java.util.List;

/** Has openEO itself say that it is there: through the API server's service proxy, so that no ingress or DNS is needed. */
final class Proof {

    private static final String CAPABILITIES = "/openeo/1.2/";
    private static final String COLLECTIONS = "/openeo/1.2/collections";
    private static final int OK = 200;

    private final Clock clock;

    Proof(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks only a driver that was started from these manifests: an earlier one, about to be replaced, would prove nothing.
     */
    Probe seek(Cluster cluster, Observed observed, Manifests manifests, Desired desired) throws ClusterException {
        var checksum = manifests.checksum();
        if (Diagnosis.wantedDriver(observed, checksum).isEmpty()) {
            var log = Diagnosis.wantsLog(observed) ? log(cluster, observed, desired) : List.<String>of();
            var silent = Diagnosis.absent(observed, checksum, log);
            return new Probe.Silent(silent.reason(), desired.withoutSecrets(silent.message()));
        }
        var capabilities = cluster.ask(desired.jobs(), Names.OPENEO, Names.API_PORT, CAPABILITIES);
        if (capabilities.status() != OK) {
            return unanswered(CAPABILITIES, capabilities);
        }
        var collections = cluster.ask(desired.jobs(), Names.OPENEO, Names.API_PORT, COLLECTIONS);
        if (collections.status() != OK
                || !collections.body().path("collections").isArray()) {
            return unanswered(COLLECTIONS, collections);
        }
        return new Probe.Answered(new Evidence(
                capabilities.body().path("api_version").asText(),
                capabilities.body().path("backend_version").asText(),
                collections.body().path("collections").size(),
                clock.instant()));
    }

    private static Probe unanswered(String path, Cluster.Answer answer) {
        return Diagnosis.mute("GET " + path + " is answered with " + answer.status());
    }

    private static List<String> log(Cluster cluster, Observed observed, Desired desired) throws ClusterException {
        var pod = observed.driver().map(Pod::getMetadata).map(ObjectMeta::getName);
        return pod.isPresent() ? cluster.log(desired.jobs(), pod.get()) : List.of();
    }
}
