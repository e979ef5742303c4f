package io.orrery.sparkdeployer.plan;

import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Remains;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The way back to nothing. Only what bears the platform's label goes, and the batch jobs of its openEO. */
public final class Demolition {

    private Demolition() {}

    /**
     * What is still to be done, in this order: Spark applications end, with their pods; then all the rest goes, namespaces
     * last; the definitions only when nobody in the cluster has a Spark application any more. No step means that nothing is left that has to go.
     */
    public static List<Step> plan(Remains remains) {
        var steps = new ArrayList<Step>();
        Stream.concat(remains.applications().stream(), of(remains, key -> key.kind() == Kind.SPARK_APPLICATION))
                .distinct()
                .sorted()
                .map(Step.Delete::new)
                .forEach(steps::add);
        if (!steps.isEmpty() || !remains.sparkPods().isEmpty()) {
            steps.add(new Step.Await("Spark applications and their pods to end"));
        }
        var belongings = of(remains, key -> !key.kind().borrowable() && key.kind() != Kind.SPARK_APPLICATION)
                .toList();
        var namespaces = of(remains, key -> key.kind() == Kind.NAMESPACE).toList();
        Stream.concat(belongings.stream(), namespaces.stream())
                .map(Step.Delete::new)
                .forEach(steps::add);
        if (!belongings.isEmpty() || !namespaces.isEmpty()) {
            steps.add(new Step.Await("namespaces and what is in them to go"));
        }
        if (remains.strangers().isEmpty()) {
            of(remains, key -> key.kind() == Kind.CUSTOM_RESOURCE_DEFINITION)
                    .map(Step.Delete::new)
                    .forEach(steps::add);
        }
        return List.copyOf(steps);
    }

    private static Stream<ObjectKey> of(Remains remains, Predicate<ObjectKey> which) {
        return remains.ours().stream().filter(which).sorted(Comparator.reverseOrder());
    }
}
