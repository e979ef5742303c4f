package io.orrery.jobtracker.reconcile;

import static io.orrery.jobtracker.Samples.NOON;
import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.Foundation.Bucket;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.issuer.InMemoryClients;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Application.Attempts;
import io.orrery.jobtracker.model.Application.Restarts;
import io.orrery.jobtracker.model.Application.State;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.InMemoryBodies;
import io.orrery.jobtracker.registry.InMemoryJobs;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingReconcilerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final PlatformName DEMO = new PlatformName("demo");
    private static final Uid UID = Uid.of("00000000-0000-4000-8000-000000000001");
    private static final Uid NEXT_UID = Uid.of("00000000-0000-4000-8000-000000000002");
    private static final Caller OPENEO = new Caller("openeo-demo", Set.of("demo"));

    @TempDir
    private Path keys;

    private final HandDrivenClock clock = new HandDrivenClock();
    private final FactTables facts = new FactTables();
    private final LocalTeller teller = new LocalTeller(facts, clock);
    private final InMemoryJobs store = new InMemoryJobs();
    private final InMemoryClients clients = new InMemoryClients();
    private final InMemoryApplications applications = new InMemoryApplications();
    private final InMemoryResults results = new InMemoryResults();
    private final Registry registry = new Registry(store, new InMemoryBodies(), clock);
    private final TrackerSettings settings = new TrackerSettings(
            URI.create("http://tracker:8084/registry"),
            URI.create("http://tracker:8084/issuer"),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMillis(1));
    private Sealer sealer;
    private Followers followers;
    private TrackingReconciler reconciler;

    @BeforeEach
    void begin() throws Exception {
        var keysets = new Keysets(keys);
        keysets.create();
        sealer = new Sealer(keysets);
        registry.open();
        followers = new Followers(
                facts,
                registry,
                sealer,
                (kubeconfig, namespace) -> applications,
                (bucket, s3Keys) -> results,
                settings,
                clock,
                platform -> {});
        reconciler = new TrackingReconciler(
                facts, teller, registry, new IssuedCredentials(clients, sealer), followers, settings, clock);
    }

    @AfterEach
    void end() {
        followers.close();
    }

    @Test
    void tellsTheRegistryBeforeThereIsAnythingElse() {
        teller.tell(Samples.platform(DEMO, UID));

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Waiting.class);

        assertThat(status().phase()).isEqualTo(Phase.PROGRESSING);
        var served = status().registry().orElseThrow();
        assertThat(served.api()).isEqualTo(settings.api());
        assertThat(served.backendId()).isEqualTo("demo");
        assertThat(secret()).matches("openeo-demo:[0-9a-f]{64}");
    }

    @Test
    void keepsTheSecretItHasToldAndMakesTheClientAnewIfItIsLost() {
        teller.tell(Samples.platform(DEMO, UID));
        reconciler.reconcile(DEMO);
        var before = secret();
        clients.remove("openeo-demo");

        reconciler.reconcile(DEMO);

        assertThat(secret()).isEqualTo(before);
        assertThat(clients.find("openeo-demo")).isPresent();
    }

    @Test
    void isReadyOnceTheWatchStands() {
        applications.connected(false);
        tellEverything();

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Progressing.class);
        assertThat(status().phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(status().conditions())
                .anySatisfy(condition -> assertThat(condition.message()).contains("pulled the plug"));

        applications.connected(true);
        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Converged.class);
        assertThat(status().phase()).isEqualTo(Phase.READY);
        assertThat(status().tracker().connected()).isTrue();
    }

    @Test
    void takesAJobFromQueuedToFinishedWithItsUsage() {
        follow("j-1");
        results.put("j-1", json("""
                        {"assets": {"out.tiff": {}}, "epsg": 32631, "usage": {"input_pixel": {"value": 12.5, "unit": "mega-pixel"},
                         "sentinelhub": {"value": 0, "unit": "sentinelhub_processing_unit"}, "nothing": null}}
                        """));

        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);
        applications.put(application("j-1", State.COMPLETED));
        awaitStatus("j-1", JobStatus.FINISHED);

        var document = registry.findWhole("j-1").orElseThrow().document();
        assertThat(document.path("started").asText()).isEqualTo("2026-01-01T11:50:00Z");
        assertThat(document.path("finished").asText()).isEqualTo("2026-01-01T11:59:00Z");
        assertThat(document.path("usage"))
                .isEqualTo(json("{\"input_pixel\": {\"value\": 12.5, \"unit\": \"mega-pixel\"}}"));
        assertThat(document.path("results_metadata").path("epsg").asInt()).isEqualTo(32631);
        assertThat(find("j-1").history())
                .extracting(Transition::status)
                .containsExactly(JobStatus.CREATED, JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.FINISHED);
    }

    @Test
    void writesNothingWhenNothingHasChanged() {
        follow("j-1");
        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);
        var writes = store.writes();

        applications.put(application("j-1", State.RUNNING));
        applications.put(application("j-1", State.RUNNING));
        applications.put(application("j-2", State.RUNNING));
        reconciler.reconcile(DEMO);

        await().during(Duration.ofMillis(200)).until(() -> store.writes() == writes);
    }

    @Test
    void neverOverwritesWhatAPersonCanceledMeanwhile() {
        follow("j-1");
        registry.patch(OPENEO, "j-1", json("{\"status\": \"canceled\"}"));

        applications.put(application("j-1", State.RUNNING));
        applications.put(application("j-1", State.COMPLETED));
        reconciler.reconcile(DEMO);

        await().during(Duration.ofMillis(200)).until(() -> find("j-1").status() == JobStatus.CANCELED);
    }

    @Test
    void findsTheApplicationOfAJobThatLostItsId() {
        tellEverything();
        registry.create(OPENEO, job("j-1", "demo", "anna"));
        reconciler.reconcile(DEMO);

        applications.put(application("j-1", State.RUNNING));

        awaitStatus("j-1", JobStatus.RUNNING);
        assertThat(find("j-1").applicationId()).contains("a-j-1");
    }

    @Test
    void givesAJobUpWhoseApplicationIsGoneForLong() {
        follow("j-1");
        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);

        applications.remove("a-j-1");
        await().during(Duration.ofMillis(200)).until(() -> {
            reconciler.reconcile(DEMO);
            return find("j-1").status() == JobStatus.RUNNING;
        });
        clock.advance(Duration.ofSeconds(59));
        await().during(Duration.ofMillis(200)).until(() -> {
            reconciler.reconcile(DEMO);
            return find("j-1").status() == JobStatus.RUNNING;
        });

        clock.advance(Duration.ofSeconds(1));
        reconciler.reconcile(DEMO);
        awaitStatus("j-1", JobStatus.ERROR);
        assertThat(find("j-1").history().getLast().reason()).contains("infrastructure lost");
    }

    @Test
    void callsAJobFinishedWhoseApplicationIsGoneAndWhoseResultsAreThere() {
        follow("j-1");
        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);
        results.put("j-1", json("{\"assets\": {\"out.tiff\": {}}}"));

        lose("a-j-1");

        awaitStatus("j-1", JobStatus.FINISHED);
    }

    @Test
    void doesNotTakeTheEarlyVersionOfMetadataForResults() {
        follow("j-1");
        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);
        results.put("j-1", json("{\"assets\": {}, \"epsg\": 32631}"));

        lose("a-j-1");

        awaitStatus("j-1", JobStatus.ERROR);
    }

    @Test
    void doesNotBelieveAListThatIsShort() {
        follow("j-1");
        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);

        applications.hide("a-j-1");

        await().during(Duration.ofMillis(300)).until(() -> {
            reconciler.reconcile(DEMO);
            clock.advance(Duration.ofHours(1));
            return find("j-1").status() == JobStatus.RUNNING;
        });
    }

    @Test
    void waitsForASilentBucketButNotForEver() {
        follow("j-1");
        results.silentFor(3);
        results.put("j-1", json("{\"usage\": {\"input_pixel\": {\"value\": 1, \"unit\": \"mega-pixel\"}}}"));
        applications.put(application("j-1", State.COMPLETED));
        awaitStatus("j-1", JobStatus.FINISHED);
        assertThat(find("j-1").document().has("usage")).isTrue();

        post("j-2");
        results.silentFor(1000);
        applications.put(application("j-2", State.COMPLETED));
        awaitStatus("j-2", JobStatus.FINISHED);
        assertThat(find("j-2").document().has("usage")).isFalse();
    }

    @Test
    void goesOnWhenTheStoreAnswersAgain() {
        follow("j-1");
        store.silent(true);
        applications.put(application("j-1", State.RUNNING));
        await().during(Duration.ofMillis(100)).until(() -> find("j-1").status() == JobStatus.QUEUED);

        store.silent(false);

        awaitStatus("j-1", JobStatus.RUNNING);
    }

    @Test
    void tellsHowManyJobsThereAreInWhichStatus() {
        follow("j-1");
        post("j-2");
        applications.put(application("j-1", State.RUNNING));
        awaitStatus("j-1", JobStatus.RUNNING);

        reconciler.reconcile(DEMO);

        assertThat(status().tracker().jobs()).containsOnly(entry("queued", 1L), entry("running", 1L));
    }

    @Test
    void servesOpeneoUntilItIsGoneAndThenLeavesNothing() {
        follow("j-1");
        teller.tell(Samples.removed(DEMO, UID));

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Waiting.class);
        assertThat(status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(status().registry()).isPresent();
        assertThat(find("j-1").status()).isEqualTo(JobStatus.QUEUED);
        assertThat(applications.isClosed()).isFalse();

        teller.tell(Samples.workloads(DEMO, UID, Phase.REMOVED));
        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Waiting.class);
        teller.tell(Samples.observability(DEMO, UID, Phase.REMOVED));
        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Converged.class);

        assertThat(status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(status().registry()).isEmpty();
        assertThat(clients.find("openeo-demo")).isEmpty();
        assertThat(registry.find("j-1")).isEmpty();
        assertThat(applications.isClosed()).isTrue();
    }

    @Test
    void answersARemovalAlsoWhenItHasNothing() {
        teller.tell(Samples.removed(DEMO, UID));
        teller.tell(Samples.workloads(DEMO, UID, Phase.REMOVED));
        teller.tell(Samples.observability(DEMO, UID, Phase.REMOVED));

        reconciler.reconcile(DEMO);

        assertThat(status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(status().uid()).isEqualTo(UID);
    }

    @Test
    void startsNothingAfterRemovedUntilThereIsANewLife() {
        teller.tell(Samples.removed(DEMO, UID));
        teller.tell(Samples.workloads(DEMO, UID, Phase.REMOVED));
        teller.tell(Samples.observability(DEMO, UID, Phase.REMOVED));
        reconciler.reconcile(DEMO);
        reconciler.reconcile(DEMO);
        assertThat(status().phase()).isEqualTo(Phase.REMOVED);

        teller.tell(Samples.platform(DEMO, NEXT_UID));
        reconciler.reconcile(DEMO);

        assertThat(status().uid()).isEqualTo(NEXT_UID);
        assertThat(status().registry()).isPresent();
    }

    @Test
    void cleansUpAfterAPlatformWhoseRecordIsGone() {
        follow("j-1");
        teller.forget(Topics.PLATFORMS, DEMO);

        reconciler.reconcile(DEMO);

        assertThat(status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(clients.find("openeo-demo")).isEmpty();
    }

    @Test
    void leavesTheJobsToUpstreamsTrackerIfTheDocumentSaysSo() {
        tellEverything();
        teller.tell(Samples.platform(DEMO, UID, "  jobs: {tracker: upstream}\n", Optional.empty()));

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Converged.class);

        assertThat(status().phase()).isEqualTo(Phase.READY);
        assertThat(status().tracker().connected()).isFalse();
    }

    @Test
    void saysThatItCannotFollowARegistryOfOthers() {
        teller.tell(Samples.platform(
                DEMO, UID, "  jobs: {registry: {url: \"https://ejr.example.org\"}}\n", Optional.empty()));

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Failed.class);

        assertThat(status().phase()).isEqualTo(Phase.FAILED);
        assertThat(status().conditions())
                .anySatisfy(condition -> assertThat(condition.reason()).isEqualTo("ForeignRegistry"));
    }

    /** A platform that is followed, with one queued job whose application is known by name. */
    private void follow(String jobId) {
        tellEverything();
        reconciler.reconcile(DEMO);
        post(jobId);
    }

    private void post(String jobId) {
        registry.create(OPENEO, job(jobId, "demo", "anna"));
        ObjectNode patch = json("{\"status\": \"queued\", \"application_id\": \"a-" + jobId + "\"}");
        registry.patch(OPENEO, jobId, patch);
    }

    /** Gone, and looked for again and again while the time passes. */
    private void lose(String application) {
        applications.remove(application);
        await().atMost(DEADLINE).until(() -> {
            reconciler.reconcile(DEMO);
            clock.advance(Duration.ofSeconds(61));
            return registry.active("demo").findAny().isEmpty();
        });
    }

    private void tellEverything() {
        teller.tell(Samples.platform(DEMO, UID));
        teller.tell(Samples.cluster(DEMO, UID, sealed(Purpose.KUBECONFIG, "kubeconfig".getBytes(UTF_8))));
        var s3Keys = sealed(Purpose.S3, FactCodec.write(new S3Keys("access", "secret")));
        teller.tell(Samples.infrastructure(
                DEMO, UID, new Bucket(URI.create("http://s3"), "RegionOne", "demo-openeo", s3Keys)));
    }

    private Sealed sealed(Purpose purpose, byte[] secret) {
        return sealer.seal(purpose, UID, secret);
    }

    private TrackingStatus status() {
        return (TrackingStatus) facts.about(DEMO).of(Stage.TRACKING).orElseThrow();
    }

    private String secret() {
        var sealed = status().registry().orElseThrow().clientCredentials();
        return new String(sealer.open(UID, sealed), UTF_8);
    }

    private Job find(String jobId) {
        return registry.find(jobId).orElseThrow();
    }

    private void awaitStatus(String jobId, JobStatus status) {
        await().atMost(DEADLINE).until(() -> find(jobId).status() == status);
    }

    private static Application application(String jobId, State state) {
        return new Application(
                "a-" + jobId,
                jobId,
                state,
                new Attempts(1, 1, Restarts.NEVER),
                Optional.of(NOON.minusSeconds(600)),
                Optional.of(NOON.minusSeconds(60)),
                Optional.empty());
    }
}
