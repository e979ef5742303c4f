package io.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each version of each message keeps its sample. A change that cannot read it any more, or writes it otherwise, needs a
 * new version of the message. Made anew, for a new message, by {@code -Dorrery.regenerate=true}.
 */
class SamplesTest {

    private static final Path FOLDER = Path.of("src/main/resources/orrery/samples");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private static final PlatformName DEMO = new PlatformName("demo");
    private static final Uid UID = Uid.of("5f3c1d2e-8a40-4c1b-9d57-2f6e0b7a9c11");
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<Condition> CONDITIONS =
            List.of(Condition.holds("MachinesActive", "AllActive", "5 of 5 machines are active", AT));

    /** @param name of the file: the CloudEvents subject and version */
    record Sample(String name, Object value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() throws IOException {
        return Stream.of(
                new Sample("platform.v1", platform()),
                new Sample("infrastructure.v1", infrastructure()),
                new Sample("cluster.v1", cluster()),
                new Sample("tracking.v1", tracking()),
                new Sample("workloads.v1", workloads()),
                new Sample("observability.v1", observability()),
                new Sample("job-failed.v1", new JobEvent.JobFailed(about(), "driver out of memory")),
                new Sample("job-queued.v1", new JobEvent.JobQueued(about())),
                new Sample("job-started.v1", new JobEvent.JobStarted(about())),
                new Sample("job-finished.v1", new JobEvent.JobFinished(about())),
                new Sample("job-canceled.v1", new JobEvent.JobCanceled(about())),
                new Sample("step.v1", activity()),
                new Sample(
                        "dead-letter.v1",
                        new DeadLetter("orrery.clusters", 0, 17, "demo", "provisioner", "no CloudEvent", "e30=", AT)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAndWrittenBack(Sample sample) throws IOException {
        var file = FOLDER.resolve(sample.name() + ".json");
        if (Boolean.getBoolean("orrery.regenerate")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sample.value()) + "\n");
        }

        var kept = JSON.readTree(Files.readString(file));

        assertThat(JSON.treeToValue(kept, sample.value().getClass())).isEqualTo(sample.value());
        assertThat(JSON.readTree(JSON.writeValueAsBytes(sample.value()))).isEqualTo(kept);
    }

    private static PlatformStatus platform() {
        var removal = new PlatformStatus.Removal(AT, true, Set.of(Stage.OBSERVABILITY));
        return new PlatformStatus(
                DEMO,
                UID,
                3,
                document(),
                true,
                Optional.of(removal),
                AT,
                Set.of("orrery-demo-5f3c1d2e-workers-1-b7c2"));
    }

    private static Platform document() {
        var tree = Map.of(
                "apiVersion",
                "orrery/v1",
                "kind",
                "Platform",
                "metadata",
                Map.of("name", "demo"),
                "spec",
                Map.of(
                        "cloud", Map.of("name", "creodias", "region", "WAW3-1"),
                        "pools",
                                List.of(
                                        Map.of("name", "control", "role", "server", "count", 3, "flavor", "eo1.large"),
                                        Map.of("name", "workers", "role", "agent", "count", 2, "flavor", "eo2.xlarge")),
                        "openeo",
                                Map.of(
                                        "host",
                                        "openeo.example.org",
                                        "collections",
                                        Map.of("inline", List.of(Map.of("id", "SENTINEL2_L2A"))))));
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    private static InfrastructureStatus infrastructure() {
        var bucket = new Foundation.Bucket(
                URI.create("https://s3.example.org"), "RegionOne", "demo-openeo", sealed(Purpose.S3));
        var foundation = new Foundation(
                "net-1",
                "sub-1",
                "10.20.0.0/24",
                1450,
                "10.20.0.5",
                "203.0.113.7",
                "img-1",
                Optional.of(bucket),
                Optional.of(sealed(Purpose.CLOUD)),
                List.of("eodata"));
        var slot = new Slot(
                "orrery-demo-5f3c1d2e-control-1-x7k2",
                "control",
                Slot.Role.SERVER,
                Slot.State.ACTIVE,
                true,
                1,
                Optional.of("server-1"),
                Optional.of("10.20.0.11"),
                Optional.empty(),
                Optional.of(new Slot.Design(
                        "flavor-1",
                        "img-1",
                        Optional.of(new Slot.Disk(100, Optional.of("ssd"), false)),
                        List.of("net-eodata"),
                        Optional.of("soft-anti-affinity"),
                        Optional.of("nova"),
                        false,
                        Optional.of("eo1.large, Ubuntu 22.04 LTS"))));
        var certificate = new Certificate(
                AT, List.of(new Certificate.Entry("network", "orrery-demo-5f3c1d2e", "net-1", AT)), List.of());
        return new InfrastructureStatus(
                DEMO,
                UID,
                3,
                Phase.READY,
                CONDITIONS,
                Optional.of(foundation),
                List.of(slot),
                List.of(
                        Resource.intended("network", "network", "orrery-demo-5f3c1d2e")
                                .seen("net-1"),
                        Resource.intended(
                                        "application credential",
                                        "application-credential",
                                        "orrery-demo-5f3c1d2e-application-credential")
                                .openedBy(sealed(Purpose.CLOUD))),
                Optional.of(certificate),
                List.of(),
                new InfrastructureStatus.Upkeep(3, List.of(AT), Optional.of("9f1c2b"), Optional.of("net-external")));
    }

    private static ClusterStatus cluster() {
        var bootstrap = new ClusterStatus.Bootstrap(
                1,
                Optional.of("orrery-demo-5f3c1d2e-control-1-x7k2"),
                Optional.of(sealed(Purpose.BOOTSTRAP)),
                sealed(Purpose.BOOTSTRAP),
                sealed(Purpose.BOOTSTRAP),
                sealed(Purpose.CLUSTER_KEYS));
        var access = new ClusterStatus.Access(
                URI.create("https://203.0.113.7:6443"), sealed(Purpose.KUBECONFIG), AT.plus(Duration.ofDays(7)));
        return new ClusterStatus(
                DEMO,
                UID,
                3,
                Phase.READY,
                CONDITIONS,
                Optional.of(bootstrap),
                Optional.of(access),
                List.of(new ClusterStatus.Node("node-1", Slot.Role.AGENT, true, "v1.35.4+rke2r1")),
                Set.of("orrery-demo-5f3c1d2e-workers-3-a1b2"),
                List.of(new ClusterStatus.Rejection("orrery-demo-5f3c1d2e-workers-4-c3d4", "did not join")),
                List.of());
    }

    private static TrackingStatus tracking() {
        var registry = new TrackingStatus.Registry(
                URI.create("https://jobs.example.org/registry"),
                URI.create("https://jobs.example.org/issuer"),
                "demo",
                sealed(Purpose.REGISTRY));
        var tracker = new TrackingStatus.Tracker(true, Map.of("running", 2L, "finished", 40L));
        return new TrackingStatus(DEMO, UID, 3, Phase.READY, CONDITIONS, Optional.of(registry), tracker, List.of());
    }

    private static WorkloadStatus workloads() {
        return new WorkloadStatus(
                DEMO,
                UID,
                3,
                Phase.READY,
                CONDITIONS,
                List.of(new WorkloadStatus.Release("openeo", "spark-jobs", "1", true)),
                Optional.of(URI.create("https://openeo.example.org/openeo/1.2")),
                Optional.of(new WorkloadStatus.Evidence("1.2.0", "0.73.0", 2, AT)),
                List.of());
    }

    private static ObservabilityStatus observability() {
        var component = new ObservabilityStatus.Component(
                "spark-history-server", "3.5.1", true, Optional.of(URI.create("https://history.example.org")));
        return new ObservabilityStatus(DEMO, UID, 3, Phase.READY, CONDITIONS, List.of(component), List.of("a volume"));
    }

    private static JobEvent.About about() {
        return new JobEvent.About(DEMO, "j-260101120000aabbccddeeff00112233", "ada", "a-0011", 2, AT, "tracker");
    }

    private static Activity activity() {
        return new Activity(
                DEMO,
                UID,
                Stage.INFRASTRUCTURE,
                "create network",
                Activity.Result.DONE,
                AT,
                Optional.of(Duration.ofMillis(380)),
                Optional.of("net-1"),
                Optional.of("req-0001"),
                Optional.empty(),
                List.of("event-1"));
    }

    private static Sealed sealed(Purpose purpose) {
        return new Sealed(purpose, "9f86d081884c7d65", "AQID");
    }
}
