package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The difference between manifests and cluster. */
public final class Planner {

    private Planner() {}

    /**
     * What is still to be done, in this order: definitions and namespaces; then, once the definitions serve, everything
     * else in the manifests' order; and only after that what we applied once and no longer want, so that nothing is
     * missing in between.
     */
    public static List<Step> plan(Manifests manifests, Observed observed) {
        var steps = new ArrayList<Step>();
        manifests.objects().stream()
                .filter(object -> ObjectKey.of(object).kind().borrowable())
                .flatMap(object -> step(object, observed))
                .forEach(steps::add);
        if (!definitionsServe(manifests, observed)) {
            steps.add(new Step.Await("the cluster to serve the definitions of Spark applications"));
        }
        manifests.objects().stream()
                .filter(object -> !ObjectKey.of(object).kind().borrowable())
                .flatMap(object -> step(object, observed))
                .forEach(steps::add);
        surplus(Set.copyOf(manifests.keys()), observed).map(Step.Delete::new).forEach(steps::add);
        return List.copyOf(steps);
    }

    private static Stream<Step> step(GenericKubernetesResource wanted, Observed observed) {
        var key = ObjectKey.of(wanted);
        if (observed.others().containsKey(key)) {
            return key.kind().borrowable() ? Stream.empty() : Stream.of(new Step.Refuse(key));
        }
        var ours = observed.ours().get(key);
        if (ours == null) {
            return Stream.of(new Step.Create(wanted));
        }
        return Likeness.holds(ours, wanted)
                ? Stream.empty()
                : Stream.of(new Step.Update(wanted, drifted(ours, wanted)));
    }

    /** Applied from the same manifest, and different all the same. */
    private static boolean drifted(GenericKubernetesResource ours, GenericKubernetesResource wanted) {
        return digest(wanted).equals(digest(ours));
    }

    private static String digest(GenericKubernetesResource object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(Marks.DIGEST, "");
    }

    private static boolean definitionsServe(Manifests manifests, Observed observed) {
        return manifests.keys().stream()
                .filter(key -> key.kind() == Kind.CUSTOM_RESOURCE_DEFINITION)
                .allMatch(key ->
                        observed.find(key).filter(Conditions::isEstablished).isPresent());
    }

    private static Stream<ObjectKey> surplus(Set<ObjectKey> wanted, Observed observed) {
        return observed.ours().keySet().stream()
                .filter(key -> !wanted.contains(key))
                .filter(key -> key.kind() != Kind.VOLUME_CLAIM)
                .sorted(Comparator.reverseOrder());
    }
}
