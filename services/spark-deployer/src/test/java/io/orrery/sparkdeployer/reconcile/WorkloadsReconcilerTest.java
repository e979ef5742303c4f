package io.orrery.sparkdeployer.reconcile;

import static io.orrery.sparkdeployer.harness.World.ONE_COLLECTION;
import static io.orrery.sparkdeployer.harness.World.TWO_COLLECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.WorkloadStatus.Release;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sparkdeployer.harness.InMemoryCluster;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.plan.Verdict;
import io.orrery.sparkdeployer.reconcile.Cluster.RefusedException;
import io.orrery.sparkdeployer.reconcile.Cluster.UnreachableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadsReconcilerTest {

    private static final URI API = URI.create("http://192.0.2.7:8084/registry");
    private static final URI ISSUER = URI.create("http://192.0.2.7:8084/issuer");
    private static final ObjectKey INGRESS = new ObjectKey(Kind.INGRESS, "spark-jobs", "openeo");
    private static final ObjectKey JOBS = new ObjectKey(Kind.NAMESPACE, "", "spark-jobs");
    private static final ObjectKey OPENEO = new ObjectKey(Kind.SPARK_APPLICATION, "spark-jobs", "openeo");

    private final InMemoryCluster cluster = new InMemoryCluster();
    private World world = new World(cluster);

    @Test
    void saysWhatItWaitsFor() {
        world.wishInline(ONE_COLLECTION);

        assertThat(world.pass()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(condition("PrerequisitesMet").message())
                .contains("Kubernetes cluster", "job registry", "bucket for results");
    }

    @Test
    void waitsForAClusterThatIsThereButNotReadyYet() {
        world.wishInline(ONE_COLLECTION).bucket().registry(API, ISSUER).cluster(Phase.PROGRESSING, "k");

        world.pass();

        assertThat(world.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void goesOnWhileTheClusterIsBeingScaledOnceItHasBegun() {
        ready();
        world.cluster(Phase.PROGRESSING, "k");

        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(world.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void needsNoBucketWhereNoCloudIsNamed() {
        world.wish("""
                        metadata: {name: demo}
                        spec:
                          kubernetes: {existing: {kubeconfig: mine}}
                          storage: {s3: {endpoint: "https://s3.example.org", credentials: mine}}
                          openeo: {host: openeo.example.org, collections: {inline: [{id: A}]}}
                        """).registry(API, ISSUER).cluster(Phase.READY, "k");
        settle();

        assertThat(world.status().phase()).isEqualTo(Phase.READY);
        assertThat(cluster.objects.keySet()).noneMatch(key -> key.name().equals("openeo-s3"));
    }

    @Test
    void tellsThatItBeginsBeforeItTouchesAnything() {
        prepared();
        cluster.fails(new UnreachableException("no answer", null));

        world.pass();

        assertThat(cluster.writes).isEmpty();
        assertThat(world.status().releases()).extracting(Release::name).contains("openeo");
    }

    @Test
    void isReadyWithEvidenceAndThenHasNothingToDo() {
        ready();
        cluster.writes.clear();

        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(cluster.writes).isEmpty();
        assertThat(world.status().evidence()).isPresent();
        assertThat(world.status().conditions()).allMatch(it -> it.status() == Condition.Status.TRUE);
    }

    @Test
    void isProgressingWhileAChangedCatalogueIsRolledOut() {
        ready();
        world.wishInline(TWO_COLLECTIONS);

        assertThat(world.pass()).isInstanceOf(Outcome.Progressing.class);
        assertThat(world.status().phase()).isEqualTo(Phase.PROGRESSING);

        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(world.status().observedGeneration()).isEqualTo(2);
    }

    @Test
    void saysWhatIsWrongWithACatalogueAndLeavesWhatRuns() {
        ready();
        cluster.writes.clear();
        world.files.put(URI.create("https://example.org/c.json"), "[{\"title\": \"no id\"}]");
        world.wish("url: \"https://example.org/c.json\"", "");

        assertThat(world.pass()).isInstanceOf(Outcome.Failed.class);
        assertThat(world.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(condition("CatalogueValid").message()).contains("entry 0 has no id");
        assertThat(world.status().evidence()).isPresent();
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void failsOnACatalogueThatCannotBeFetchedAndTakesItOnceItCan() {
        world.wish("url: \"https://example.org/c.json\"", "");
        others();

        assertThat(world.pass()).isInstanceOf(Outcome.Failed.class);
        assertThat(condition("CatalogueValid").reason()).isEqualTo("CatalogueNotFetched");

        world.files.put(URI.create("https://example.org/c.json"), "[{\"id\": \"A\"}]");
        settle();
        assertThat(world.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void keepsAFetchedCatalogueThoughTheFileElsewhereChanges() {
        world.files.put(URI.create("https://example.org/c.json"), "[{\"id\": \"A\"}]");
        world.wish("url: \"https://example.org/c.json\"", "");
        others();
        settle();
        world.files.clear();
        cluster.writes.clear();

        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void goesOnWithTheCatalogueInTheClusterAfterARestartThoughItsSourceIsAway() {
        world.files.put(URI.create("https://example.org/c.json"), "[{\"id\": \"A\"}]");
        world.wish("url: \"https://example.org/c.json\"", "");
        others();
        settle();
        cluster.writes.clear();

        world = new World(cluster);
        world.wish("url: \"https://example.org/c.json\"", "");
        others();
        settle();

        assertThat(world.status().phase()).isEqualTo(Phase.READY);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void doesNotTakeACatalogueThatWasEditedInTheClusterForTheOneThatWasFetched() {
        world.files.put(URI.create("https://example.org/c.json"), "[{\"id\": \"A\"}]");
        world.wish("url: \"https://example.org/c.json\"", "");
        others();
        settle();
        var map = cluster.objects.get(new ObjectKey(Kind.CONFIG_MAP, "spark-jobs", "openeo-layercatalog"));
        map.setAdditionalProperty("data", Map.of("layercatalog.json", "[{\"id\": \"B\"}]"));

        world = new World(cluster);
        world.wish("url: \"https://example.org/c.json\"", "");
        others();
        world.pass();

        assertThat(condition("CatalogueValid").reason()).isEqualTo("CatalogueNotFetched");
    }

    @Test
    void saysWhichCredentialsAreNotMounted() {
        world.wish("inline: " + ONE_COLLECTION, "secrets: [eodata]");
        others();

        world.pass();

        assertThat(world.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(condition("CredentialsMounted").message()).contains("eodata");
    }

    @Test
    void mendsDrift() {
        ready();
        cluster.objects.remove(INGRESS);
        cluster.writes.clear();

        world.pass();

        assertThat(cluster.writes).containsExactly("create Ingress spark-jobs/openeo");
        assertThat(world.done()).last().isEqualTo("create Ingress spark-jobs/openeo");
    }

    @Test
    void onlyWatchesWhilePaused() {
        ready();
        cluster.objects.remove(INGRESS);
        cluster.writes.clear();
        world.pause();

        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(cluster.writes).isEmpty();
        assertThat(condition("ManifestsApplied").reason()).isEqualTo("Held");
    }

    @Test
    void onlyReportsDriftWhereThePolicySaysSoButFollowsTheDocument() {
        var policy = """
                metadata: {name: demo}
                spec:
                  cloud: {name: sandbox}
                  policy: {drift: report}
                  pools:
                    - {name: control, role: server, count: 1, flavor: eo1.large}
                    - {name: workers, role: agent, count: 1, flavor: eo1.large}
                  openeo: {host: %s, collections: {inline: [{id: A}]}}
                """;
        world.wish(policy.formatted("one.example.org"));
        others();
        settle();
        cluster.objects.remove(INGRESS);
        cluster.writes.clear();

        world.pass();
        assertThat(cluster.writes).isEmpty();
        assertThat(condition("ManifestsApplied").status()).isEqualTo(Condition.Status.FALSE);

        world.wish(policy.formatted("two.example.org"));
        world.pass();
        assertThat(cluster.writes).contains("create Ingress spark-jobs/openeo");
    }

    @Test
    void reportsAStrangersObjectAndLeavesItAsItIs() {
        prepared();
        var theirs = new GenericKubernetesResourceBuilder()
                .withKind("Ingress")
                .withNewMetadata()
                .withNamespace("spark-jobs")
                .withName("openeo")
                .endMetadata()
                .build();
        cluster.objects.put(INGRESS, theirs);
        world.pass();

        assertThat(world.pass()).isInstanceOf(Outcome.Failed.class);
        assertThat(world.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(condition("ManifestsApplied").message()).contains("Ingress spark-jobs/openeo");
        assertThat(cluster.objects).containsEntry(INGRESS, theirs).containsKey(OPENEO);
    }

    @Test
    void isDegradedAsSoonAsOpenEoNoLongerAnswers() {
        ready();
        cluster.answers = 503;

        assertThat(world.pass()).isInstanceOf(Outcome.Progressing.class);
        assertThat(world.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(world.status().evidence()).isEmpty();
        assertThat(condition(Verdict.ANSWERS).message()).contains("503");

        cluster.answers = 200;
        world.pass();
        assertThat(world.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void isDegradedAfterFiveMinutesWithoutAnOperator() {
        prepared();
        cluster.operatorWorks = false;
        settle();
        assertThat(world.status().phase()).isEqualTo(Phase.PROGRESSING);

        world.clock.pass(Duration.ofMinutes(5));
        world.pass();

        assertThat(world.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(condition(Verdict.ANSWERS).message()).contains("no Spark operator");
    }

    @Test
    void tellsAnUnreachableClusterFromOneThatRefuses() {
        prepared();
        cluster.fails(new UnreachableException("connection refused", null));
        world.pass();
        assertThat(condition("ClusterReachable").message()).isEqualTo("connection refused");

        cluster.fails(new RefusedException("forbidden", null));
        assertThat(world.pass()).isEqualTo(new Outcome.Failed("Refused", "forbidden"));
        assertThat(condition("ManifestsApplied").message()).isEqualTo("forbidden");
    }

    @Test
    void answersARemovalThoughItNeverHadAnything() {
        world.wishInline(ONE_COLLECTION).wishAway().observability(Phase.REMOVED);

        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(world.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(cluster.writes).containsExactly("forget demo");
    }

    @Test
    void removesNothingBeforeObservabilityHas() {
        ready();
        cluster.writes.clear();
        world.wishAway();

        assertThat(world.pass()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void leavesNothingAndStartsNothingAgain() {
        ready();
        world.wishAway().observability(Phase.REMOVED);

        untilRemoved();

        assertThat(cluster.objects).isEmpty();
        assertThat(world.status().releases()).isEmpty();
        assertThat(world.status().openeo()).isEmpty();
        cluster.writes.clear();
        assertThat(world.pass()).isEqualTo(new Outcome.Converged());
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void leavesABorrowedNamespaceStanding() {
        prepared();
        var theirs = new GenericKubernetesResourceBuilder()
                .withKind("Namespace")
                .withNewMetadata()
                .withName("spark-jobs")
                .endMetadata()
                .build();
        cluster.objects.put(JOBS, theirs);
        settle();
        world.wishAway().observability(Phase.REMOVED);

        untilRemoved();

        assertThat(cluster.objects).containsExactly(Map.entry(JOBS, theirs));
    }

    @Test
    void removesWhatIsLeftOfAPlatformThatNobodyRemembers() {
        ready();
        world.forgetPlatform();

        untilRemoved();

        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void givesAClusterUpThatIsUnreachableForTenMinutesOfRemoval() {
        ready();
        cluster.fails(new UnreachableException("no route to host", null));
        world.pass();
        world.clock.pass(Duration.ofHours(1));
        world.wishAway().observability(Phase.REMOVED);

        world.pass();
        assertThat(world.status().phase()).isEqualTo(Phase.REMOVING);
        world.clock.pass(Duration.ofMinutes(9));
        world.pass();
        assertThat(world.status().phase()).isEqualTo(Phase.REMOVING);
        world.clock.pass(Duration.ofMinutes(1));
        world.pass();

        assertThat(world.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(world.status().abandoned()).contains("openeo in namespace spark-jobs");
    }

    @Test
    void endsAsUndisturbedThoughKilledAfterAnyWrite() {
        ready();
        var undisturbed = Set.copyOf(cluster.objects.keySet());
        for (var write = 0; write < undisturbed.size(); write++) {
            cluster.objects.clear();
            world = new World(cluster);
            prepared();
            cluster.killedAfter(write);
            settle();
            cluster.works();
            settle();
            assertThat(world.status().phase()).isEqualTo(Phase.READY);
            assertThat(cluster.objects.keySet()).isEqualTo(undisturbed);

            world.wishAway().observability(Phase.REMOVED);
            cluster.killedAfter(write);
            world.pass();
            cluster.works();
            untilRemoved();
            assertThat(cluster.objects).isEmpty();
        }
    }

    @Test
    void neverSaysASecret() {
        ready();
        world.wishAway().observability(Phase.REMOVED);
        untilRemoved();

        assertThat(List.of(world.status().toString(), world.activities.toString()))
                .noneMatch(text -> text.contains("s3cret") || text.contains("secret-of-bucket"));
    }

    private void prepared() {
        world.wishInline(ONE_COLLECTION);
        others();
    }

    private void others() {
        world.bucket().registry(API, ISSUER).cluster(Phase.READY, "k");
    }

    private void ready() {
        prepared();
        settle();
        assertThat(world.status().phase()).isEqualTo(Phase.READY);
    }

    /** Definitions first, then all the rest, then the answer: three passes, and one that finds nothing to do. */
    private void settle() {
        for (var pass = 0; pass < 4; pass++) {
            world.pass();
        }
    }

    private void untilRemoved() {
        for (var pass = 0; pass < 5; pass++) {
            world.pass();
        }
        assertThat(world.status().phase()).isEqualTo(Phase.REMOVED);
    }

    private Condition condition(String type) {
        return Verdict.find(world.status(), type).orElseThrow();
    }
}
