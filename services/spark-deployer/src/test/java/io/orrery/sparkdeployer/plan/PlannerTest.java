package io.orrery.sparkdeployer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final ObjectKey INGRESS = new ObjectKey(Kind.INGRESS, "spark-jobs", "openeo");
    private static final ObjectKey JOBS = new ObjectKey(Kind.NAMESPACE, "", "spark-jobs");
    private static final ObjectKey SERVICE = new ObjectKey(Kind.SERVICE, "spark-jobs", "openeo");

    private final Manifests manifests = Manifests.of(Desires.with(Map.of(), "[]"), Storage.CLAIMS);
    private final Map<ObjectKey, GenericKubernetesResource> ours = new HashMap<>();
    private final Map<ObjectKey, GenericKubernetesResource> others = new HashMap<>();

    @Test
    void makesDefinitionsAndNamespacesAndWaitsBeforeTheRest() {
        var steps = plan();

        var before = steps.subList(0, index(steps, Step.Await.class));
        assertThat(before).hasSize(4).allSatisfy(step -> assertThat(kind(step).borrowable())
                .isTrue());
        assertThat(steps.subList(before.size() + 1, steps.size()))
                .allSatisfy(step -> assertThat(kind(step).borrowable()).isFalse());
    }

    @Test
    void leavesNothingToPlanOnceApplied() {
        applied();

        assertThat(plan()).isEmpty();
    }

    @Test
    void doesNotMindWhatOthersAdd() {
        applied();
        var service = ours.get(SERVICE);
        service.setAdditionalProperty("status", Map.of("loadBalancer", Map.of()));
        service.getMetadata().setResourceVersion("7");
        Map<String, Object> spec = new HashMap<>(service.get("spec"));
        spec.put("clusterIP", "10.43.0.7");
        service.setAdditionalProperty("spec", spec);

        assertThat(plan()).isEmpty();
    }

    @Test
    void mendsOnlyWhatHasDrifted() {
        applied();
        Map<String, Object> spec = new HashMap<>(ours.get(INGRESS).get("spec"));
        spec.put("ingressClassName", "other");
        ours.get(INGRESS).setAdditionalProperty("spec", spec);

        assertThat(plan()).singleElement().isInstanceOfSatisfying(Step.Update.class, update -> {
            assertThat(ObjectKey.of(update.object())).isEqualTo(INGRESS);
            assertThat(update.drifted()).isTrue();
        });
    }

    @Test
    void tellsAChangedWishFromDrift() {
        applied();

        var changed = Planner.plan(Manifests.of(Desires.with(Map.of("A", "1"), "[]"), Storage.CLAIMS), observed());

        assertThat(changed)
                .filteredOn(Step.Update.class::isInstance)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(((Step.Update) step).drifted()).isFalse());
    }

    @Test
    void makesAnewWhatSomebodyHasDeleted() {
        applied();
        ours.remove(INGRESS);

        assertThat(plan()).singleElement().isInstanceOfSatisfying(Step.Create.class, create -> assertThat(
                        ObjectKey.of(create.object()))
                .isEqualTo(INGRESS));
    }

    @Test
    void deletesWhatIsNoLongerWantedAfterEverythingElse() {
        applied();
        var old = copy(ours.get(INGRESS));
        old.getMetadata().setName("former");
        ours.put(ObjectKey.of(old), old);
        ours.remove(SERVICE);

        assertThat(plan()).hasSize(2).last().isEqualTo(new Step.Delete(ObjectKey.of(old)));
    }

    @Test
    void neverPrunesAVolumeClaim() {
        applied();
        var claim = copy(ours.get(INGRESS));
        claim.setKind(Kind.VOLUME_CLAIM.word());
        ours.put(ObjectKey.of(claim), claim);

        assertThat(plan()).isEmpty();
    }

    @Test
    void borrowsANamespaceThatWasThereBefore() {
        applied();
        others.put(JOBS, ours.remove(JOBS));

        assertThat(plan()).isEmpty();
    }

    @Test
    void refusesToTakeOverAnythingElse() {
        applied();
        others.put(INGRESS, ours.remove(INGRESS));

        assertThat(plan()).containsExactly(new Step.Refuse(INGRESS));
    }

    @Test
    void waitsForBorrowedDefinitionsToo() {
        applied();
        var crd = manifests.keys().getFirst();
        others.put(crd, ours.remove(crd));
        others.get(crd).setAdditionalProperty("status", Map.of());

        assertThat(plan()).singleElement().isInstanceOf(Step.Await.class);
    }

    private List<Step> plan() {
        return Planner.plan(manifests, observed());
    }

    private Observed observed() {
        return new Observed(ours, others, Optional.empty(), Optional.empty(), Storage.CLAIMS);
    }

    private void applied() {
        manifests.objects().forEach(object -> {
            var made = copy(object);
            if (ObjectKey.of(object).kind() == Kind.CUSTOM_RESOURCE_DEFINITION) {
                made.setAdditionalProperty(
                        "status", Map.of("conditions", List.of(Map.of("type", "Established", "status", "True"))));
            }
            ours.put(ObjectKey.of(made), made);
        });
    }

    private static GenericKubernetesResource copy(GenericKubernetesResource object) {
        return new GenericKubernetesResourceBuilder(object).build();
    }

    private static int index(List<Step> steps, Class<?> type) {
        return steps.indexOf(steps.stream().filter(type::isInstance).findFirst().orElseThrow());
    }

    private static Kind kind(Step step) {
        return ObjectKey.of(((Step.Create) step).object()).kind();
    }
}
