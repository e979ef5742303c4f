package io.orrery.sparkdeployer.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at the cluster has shown.
 *
 * @param ours what bears the platform's label
 * @param others what is wanted, stands under its name, and does not bear the label
 * @param driver the pod of openEO's driver
 * @param operator the Spark operator, as its Deployment says
 * @param storage what the cluster gives to whoever claims a volume
 */
public record Observed(
        Map<ObjectKey, GenericKubernetesResource> ours,
        Map<ObjectKey, GenericKubernetesResource> others,
        Optional<Pod> driver,
        Optional<Operator> operator,
        Storage storage) {

    /** The Spark operator that was found in the cluster. */
    public record Operator(String version, boolean ready) {}

    public Observed {
        ours = Map.copyOf(ours);
        others = Map.copyOf(others);
    }

    /** Whoever it belongs to. */
    public Optional<GenericKubernetesResource> find(ObjectKey key) {
        return Optional.ofNullable(ours.get(key)).or(() -> Optional.ofNullable(others.get(key)));
    }
}
