package io.orrery.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.cli.CommandException;
import io.orrery.cli.Documents.Document;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ApiException;
import io.orrery.cli.rest.Endpoints;
import io.orrery.reconciler.seal.Keysets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The sandbox and the five services as processes of this machine, from start to end. */
final class LocalOrrery implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int TRIES = 4;
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final RunFolder folder;
    private final LocalPrograms programs;
    private final Endpoints endpoints;
    private final Screen screen;
    private final Supervisor supervisor;
    private final Timeline timeline;
    private final Clock clock;
    private final int portOffset;
    private final Optional<String> cloud;
    private final Api api = new Api();
    private final CountDownLatch closed = new CountDownLatch(1);

    LocalOrrery(RunFolder folder, int portOffset, Screen screen, Clock clock) {
        this(folder, portOffset, Optional.empty(), screen, clock);
    }

    /** @param cloud the genuine one that stands in for the emulated one, if one does */
    LocalOrrery(RunFolder folder, int portOffset, Optional<String> cloud, Screen screen, Clock clock) {
        this.folder = folder;
        this.portOffset = portOffset;
        this.cloud = cloud;
        this.screen = screen;
        this.clock = clock;
        this.programs = new LocalPrograms(folder, portOffset, cloud);
        this.endpoints = new Endpoints("127.0.0.1", portOffset);
        this.supervisor = new Supervisor(screen::say);
        this.timeline = new Timeline(clock);
    }

    /** Starts everything, from nothing, and waits until it is ready. */
    void start() throws InterruptedException {
        Standing.in(folder).ifPresent(standing -> {
            throw new CommandException(standing.words(portOffset));
        });
        folder.renew();
        makeKeys();
        goOn();
    }

    /** Starts everything with what the folder holds. */
    private void goOn() throws InterruptedException {
        if (!programs.missing().isEmpty()) {
            throw new CommandException("not built: " + programs.missing());
        }
        screen.say("Starting the sandbox (Kafka, ZooKeeper, S3; %s) ..."
                .formatted(cloud.map("Kubernetes emulated, on the servers of cloud %s"::formatted)
                        .orElse("OpenStack and Kubernetes emulated")));
        supervisor.keep(programs.sandbox());
        var sandbox = waitFor("the sandbox", START, () -> {
            mustStart("sandbox");
            return SandboxView.read(folder.data());
        });
        writeCredentials(sandbox);
        screen.say("  %6.1f s  sandbox is up".formatted(seconds()));
        programs.services(sandbox).forEach(supervisor::keep);
        for (var service : services().entrySet()) {
            waitFor(service.getKey(), START, () -> {
                mustStart(service.getKey());
                return Optional.of(service.getValue()).filter(address -> api.answers(address, "/q/health/ready"));
            });
        }
        writePid();
        screen.say("  %6.1f s  five services are ready".formatted(seconds()));
    }

    /** Applies the document and follows the platform until every stage is Ready. */
    PlatformView apply(Document document, Duration timeout) throws InterruptedException {
        cloud.ifPresent(name -> new Standing(document.name(), name).note(folder));
        var placed =
                cloud.map(name -> OnACloud.of(document, name, sandbox().s3())).orElse(document);
        waitFor("a leader", START, () -> put(placed));
        return waitFor("the platform", timeout, () -> {
            var platform = look(document.name());
            platform.ifPresent(view -> timeline.see(view, screen::stage));
            return platform.filter(PlatformView::isReady);
        });
    }

    /** @return the job as job-tracker shows it, in its final status */
    JsonNode runDemoJob(PlatformView platform, Duration timeout) throws InterruptedException {
        var name = platform.json().path("platform").asText();
        try (var s3 = s3()) {
            var job = new DemoJob(jobEnvironment(platform, s3), clock);
            job.submit();
            screen.say("Submitted the demo job %s".formatted(job.id()));
            var said = new String[] {""};
            return waitFor("the demo job", timeout, () -> {
                var shown = api.find(endpoints.jobTracker(), "/platforms/" + name + "/jobs/" + job.id());
                shown.map(it -> it.path("status").asText())
                        .filter(status -> !status.equals(said[0]))
                        .ifPresent(status -> {
                            said[0] = status;
                            screen.say("  %6.1f s  %-15s %s".formatted(seconds(), "job", status));
                        });
                return shown.filter(LocalOrrery::isFinal);
            });
        }
    }

    /** Takes the platform away that a former run has left on a cloud; the clusters there ended with that run. */
    JsonNode removeWhatStands(Standing standing, Duration timeout) throws InterruptedException {
        goOn();
        return new Removal(endpoints).of(standing.platform(), true, timeout);
    }

    /** One line of JSON for machines. */
    String summary(PlatformView platform, JsonNode job) {
        return new Summary(api, endpoints, sandbox(), timeline).of(platform, job);
    }

    void stay() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        supervisor.close();
        closed.countDown();
    }

    private Optional<PlatformView> look(String name) {
        try {
            return api.find(endpoints.provisioner(), "/platforms/" + name).map(PlatformView::new);
        } catch (ApiException e) {
            return Optional.empty(); // it is being started again; the supervisor says so
        }
    }

    /** A leader is elected some moments after the service is ready. */
    private Optional<JsonNode> put(Document document) {
        try {
            return Optional.of(api.send(
                    "PUT",
                    endpoints.provisioner(),
                    "/platforms/" + document.name(),
                    "application/json",
                    document.json()));
        } catch (ApiException e) {
            if (e.status() / 100 == 4) {
                throw new CommandException(e.getMessage(), e);
            }
            return Optional.empty();
        }
    }

    private DemoJob.Environment jobEnvironment(PlatformView platform, S3Client s3) {
        var name = platform.json().path("platform").asText();
        var spec = platform.json().at("/document/spec");
        return new DemoJob.Environment(
                name,
                spec.at("/spark/jobs/namespace").asText(),
                spec.at("/openeo/image").asText(),
                s3,
                sandbox().s3(),
                sandbox().s3AccessKey(),
                sandbox().s3SecretKey(),
                spec.at("/storage/s3/bucket").asText(),
                new RegistryClient(
                        api.getText(endpoints.jobTracker(), "/platforms/" + name + "/registry-env?credentials=true")),
                api.getText(endpoints.cluster(), "/platforms/" + name + "/kubeconfig"));
    }

    S3Client s3() {
        return S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(sandbox().s3())
                .region(Region.of("RegionOne"))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        sandbox().s3AccessKey(), sandbox().s3SecretKey())))
                .build();
    }

    /** Process ids by program. */
    Map<String, Long> pids() {
        return supervisor.pids();
    }

    SandboxView sandbox() {
        return SandboxView.read(folder.data()).orElseThrow(() -> new CommandException("the sandbox is gone"));
    }

    private Map<String, URI> services() {
        var services = new LinkedHashMap<String, URI>();
        services.put("provisioner", endpoints.provisioner());
        services.put("cluster", endpoints.cluster());
        services.put("spark-deployer", endpoints.sparkDeployer());
        services.put("job-tracker", endpoints.jobTracker());
        services.put("monitoring", endpoints.monitoring());
        return services;
    }

    private void makeKeys() {
        try {
            new Keysets(folder.keys()).create();
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandException("cannot make keysets: " + e.getMessage(), e);
        }
    }

    /** What an operator would mount: the S3 keys that the demo document names. */
    private void writeCredentials(SandboxView sandbox) {
        write(
                "credentials/sandbox-s3",
                "access_key=%s%nsecret_key=%s%n".formatted(sandbox.s3AccessKey(), sandbox.s3SecretKey()));
    }

    private void writePid() {
        write("pid", ProcessHandle.current().pid() + "\n");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.root().resolve(name), text);
        } catch (IOException e) {
            throw new CommandException("cannot write " + folder.root().resolve(name), e);
        }
    }

    /** What does not come up after some tries will not by itself. */
    private void mustStart(String program) {
        if (supervisor.ends(program) >= TRIES) {
            throw new CommandException(program + " does not start: " + lastWords(program));
        }
    }

    private String lastWords(String program) {
        try (var lines = Files.lines(folder.log(program))) {
            return lines.filter(line -> !line.isBlank()).reduce("", (former, last) -> last);
        } catch (IOException e) {
            return "it has said nothing";
        }
    }

    private double seconds() {
        return timeline.elapsed().toMillis() / 1000.0;
    }

    private static boolean isFinal(JsonNode job) {
        return switch (job.path("status").asText()) {
            case "finished", "error", "canceled" -> true;
            default -> false;
        };
    }

    private <T> T waitFor(String what, Duration patience, Supplier<Optional<T>> look) throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        while (clock.instant().isBefore(deadline)) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(GLANCE);
        }
        throw new CommandException("%s was not ready after %d s".formatted(what, patience.toSeconds()));
    }
}
