package io.orrery.sparkdeployer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Remains;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemolitionTest {

    private static final ObjectKey OPENEO = new ObjectKey(Kind.SPARK_APPLICATION, "jobs", "openeo");
    private static final ObjectKey BATCH = new ObjectKey(Kind.SPARK_APPLICATION, "jobs", "a-1");
    private static final ObjectKey SECRET = new ObjectKey(Kind.SECRET, "jobs", "openeo-s3");
    private static final ObjectKey ROLE = new ObjectKey(Kind.ROLE, "jobs", "openeo");
    private static final ObjectKey NAMESPACE = new ObjectKey(Kind.NAMESPACE, "", "jobs");
    private static final ObjectKey CRD =
            new ObjectKey(Kind.CUSTOM_RESOURCE_DEFINITION, "", "sparkapplications.sparkoperator.k8s.io");

    @Test
    void endsSparkApplicationsFirstBatchJobsToo() {
        var steps = Demolition.plan(
                new Remains(Set.of(OPENEO, SECRET, NAMESPACE, CRD), Set.of(OPENEO, BATCH), Set.of(), Set.of()));

        assertThat(steps.subList(0, 3))
                .containsExactly(
                        new Step.Delete(BATCH),
                        new Step.Delete(OPENEO),
                        new Step.Await("Spark applications and their pods to end"));
    }

    @Test
    void waitsUntilTheirPodsAreGone() {
        var steps = Demolition.plan(new Remains(Set.of(SECRET), Set.of(), Set.of("jobs/openeo-driver"), Set.of()));

        assertThat(steps.getFirst()).isInstanceOf(Step.Await.class);
    }

    @Test
    void removesTheRestFromTheLastToTheFirstAndThenWaits() {
        var steps = Demolition.plan(new Remains(Set.of(ROLE, SECRET, NAMESPACE, CRD), Set.of(), Set.of(), Set.of()));

        assertThat(steps)
                .containsExactly(
                        new Step.Delete(SECRET),
                        new Step.Delete(ROLE),
                        new Step.Delete(NAMESPACE),
                        new Step.Await("namespaces and what is in them to go"),
                        new Step.Delete(CRD));
    }

    @Test
    void leavesTheDefinitionsToOthersWhoUseThem() {
        var stranger = new ObjectKey(Kind.SPARK_APPLICATION, "theirs", "pi");

        assertThat(Demolition.plan(new Remains(Set.of(CRD), Set.of(), Set.of(), Set.of(stranger))))
                .isEmpty();
        assertThat(Demolition.plan(new Remains(Set.of(CRD), Set.of(), Set.of(), Set.of())))
                .containsExactly(new Step.Delete(CRD));
    }

    @Test
    void isDoneWithNothing() {
        assertThat(Demolition.plan(new Remains(Set.of(), Set.of(), Set.of(), Set.of())))
                .isEmpty();
    }
}
