package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.provisioner.openstack.OpenStackClouds.Manners;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Matcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStackCloudsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Optional<String> REGION = Optional.of("RegionOne");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OpenStackEmulator here = OpenStackEmulator.start(OpenStackSettings.defaults());
    private final OpenStackEmulator there = OpenStackEmulator.start(OpenStackSettings.defaults());

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void aCloudThatHangsSlowsNoOther() throws IOException {
        describe(entry(here, "hanging") + entry(there, "well"));
        here.faults().add(Matcher.every(null, null, null), new Effect.Hang(false));
        var clouds = clouds(Duration.ofMinutes(5));
        var stuck = new ArrayList<CompletableFuture<?>>();
        for (int caller = 0; caller < 50; caller++) {
            stuck.add(later(() -> clouds.named("hanging", REGION).observe(Instant.now())));
        }
        Awaitility.await().atMost(DEADLINE).until(() -> !here.calls().isEmpty());

        for (int pass = 0; pass < 5; pass++) {
            assertThat(clouds.named("well", REGION).observe(Instant.now())).isNotNull();
        }

        assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aServiceThatHangsHoldsNoMoreThanTheBudgetOfItsCloud() throws IOException {
        describe(entry(here, "ill") + entry(there, "well"));
        here.faults().add(Matcher.all("network"), new Effect.Hang(false));
        var clouds = clouds(Duration.ofMinutes(5));
        var stuck = new ArrayList<CompletableFuture<?>>();
        for (int caller = 0; caller < 5; caller++) {
            stuck.add(later(() -> clouds.named("ill", REGION).observe(Instant.now())));
        }
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> meters.find("orrery.cloud.in.flight")
                                .tag("cloud", "ill/RegionOne")
                                .gauge()
                                .value()
                        >= 5);

        assertThat(clouds.named("well", REGION).observe(Instant.now())).isNotNull();
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void regionsOfOneCloudShareTheToken() throws IOException {
        describe(entry(here, "earth").replace("region_name: RegionOne", "regions: [RegionOne, RegionTwo]"));
        var clouds = clouds(Duration.ofSeconds(30));
        clouds.named("earth", REGION).observe(Instant.now());

        var failure = catchThrowableOfType(CloudException.class, () -> clouds.named("earth", Optional.of("RegionTwo"))
                .observe(Instant.now()));

        assertThat(failure.reason()).isEqualTo("RegionUnknown");
        assertThat(failure).hasMessageContaining("RegionTwo is not in the cloud's catalog; it has RegionOne");
        assertThat(signIns(here)).isEqualTo(1);
    }

    @Test
    void anEntryThatStaysAsItIsKeepsItsTokenAndASharedSnapshot() throws IOException {
        describe(entry(here, "earth"));
        var clouds = clouds(Duration.ofSeconds(30));

        assertThat(clouds.named("earth", REGION)).isSameAs(clouds.named("earth", REGION));
    }

    @Test
    void anExchangedPasswordCountsAtOnce() throws IOException {
        describe(entry(here, "earth").replace("openeo-secret", "old"));
        var clouds = clouds(Duration.ofSeconds(30));
        assertThat(catchThrowableOfType(CloudException.class, () -> clouds.named("earth", REGION)
                                .observe(Instant.now()))
                        .reason())
                .isEqualTo("CredentialRefused");

        describe(entry(here, "earth"));

        assertThat(clouds.named("earth", REGION).observe(Instant.now())).isNotNull();
        assertThat(signIns(here)).isEqualTo(2);
    }

    @Test
    void aCloudThatMovedIsFoundWhereItIsNow() throws IOException {
        describe(entry(here, "earth"));
        var clouds = clouds(Duration.ofSeconds(30));
        clouds.named("earth", REGION).observe(Instant.now());

        describe(entry(there, "earth"));
        clouds.named("earth", REGION).observe(Instant.now());

        assertThat(signIns(here)).isEqualTo(1);
        assertThat(signIns(there)).isEqualTo(1);
    }

    private OpenStackClouds clouds(Duration patience) {
        var manners = new Manners(Duration.ofSeconds(5), patience, 16)
                .with(1000, Duration.ofMillis(1), Duration.ofMillis(10));
        var yaml = new CloudsYaml(List.of(folder.resolve("clouds.yaml")));
        return new OpenStackClouds(yaml, manners, Clock.systemUTC(), meters);
    }

    private static CompletableFuture<?> later(Runnable what) {
        return CompletableFuture.runAsync(what, task -> Thread.ofVirtual().start(task));
    }

    private void describe(String entries) throws IOException {
        Files.writeString(folder.resolve("clouds.yaml"), "clouds:\n" + entries);
    }

    private static String entry(OpenStackEmulator cloud, String name) {
        return """
                  %s:
                    region_name: RegionOne
                    auth: {auth_url: "%s", username: openeo, password: openeo-secret, project_name: openeo}
                """.formatted(name, cloud.authUrl()).indent(2);
    }

    private static long signIns(OpenStackEmulator cloud) {
        return cloud.calls().entrySet().stream()
                .filter(call -> call.getKey().path().endsWith("/auth/tokens"))
                .mapToLong(call -> call.getValue())
                .sum();
    }
}
