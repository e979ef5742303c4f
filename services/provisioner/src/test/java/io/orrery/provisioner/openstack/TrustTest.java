package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.provisioner.openstack.OpenStackClouds.Manners;
import io.orrery.provisioner.reconcile.Cloud;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud whose certificate comes from an authority of its own, as many private ones have it. */
class TrustTest {

    private static OpenStackEmulator cloud;
    private static PrivateAuthority authority;
    private static PrivateAuthority host;
    private static PrivateAuthority otherHost;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cloud = OpenStackEmulator.start(OpenStackSettings.defaults());
        authority = new PrivateAuthority();
        host = authority.of("127.0.0.1");
        otherHost = authority.of("192.0.2.1");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void acceptsACertificateOfTheAuthorityThatTheEntryNames() throws IOException {
        var bundle = write("ca.pem", authority.certificate());
        try (var front = new TlsFront(host, cloud.root(), false)) {
            assertThat(cloud(front, "cacert: " + bundle).observe(Instant.now())).isNotNull();
        }
    }

    @Test
    void refusesItWithoutTheBundleAndSendsNothing() throws IOException {
        try (var front = new TlsFront(host, cloud.root(), false)) {
            var failure = failure(cloud(front, "verify: true"));

            assertThat(failure.sort()).isEqualTo(Sort.UNREACHABLE);
            assertThat(failure.reason()).isEqualTo("CertificateRefused");
            assertThat(failure).hasMessageContaining("cacert").hasMessageContaining("127.0.0.1:");
            assertThat(front.requests()).isZero();
        }
    }

    @Test
    void refusesTheCertificateOfAnotherHost() throws IOException {
        var bundle = write("ca.pem", authority.certificate());
        try (var front = new TlsFront(otherHost, cloud.root(), false)) {
            assertThat(failure(cloud(front, "cacert: " + bundle)).reason()).isEqualTo("CertificateRefused");
            assertThat(front.requests()).isZero();
        }
    }

    @Test
    void asksForNoCertificateAtAllWhereItIsToldNotTo() throws IOException {
        try (var front = new TlsFront(otherHost, cloud.root(), false)) {
            assertThat(cloud(front, "verify: false").observe(Instant.now())).isNotNull();
        }
    }

    @Test
    void showsACertificateOfItsOwn() throws IOException {
        var bundle = write("ca.pem", authority.certificate());
        var mine = write("me.pem", host.certificate());
        var key = write("me.key", host.key());
        try (var front = new TlsFront(host, cloud.root(), true)) {
            assertThat(catchThrowableOfType(CloudException.class, () -> cloud(front, "cacert: " + bundle)
                            .observe(Instant.now())))
                    .isNotNull();
            assertThat(front.requests()).isZero();

            var known = cloud(front, "cacert: " + bundle + "\n    cert: " + mine + "\n    key: " + key);

            assertThat(known.observe(Instant.now())).isNotNull();
        }
    }

    @Test
    void namesTheBundleThatCannotBeUsed() throws IOException {
        try (var front = new TlsFront(host, cloud.root(), false)) {
            var failure = catchThrowableOfType(
                    CloudException.class, () -> cloud(front, "cacert: " + folder.resolve("none.pem")));

            assertThat(failure.reason()).isEqualTo("CloudMisconfigured");
            assertThat(failure).hasMessageContaining("none.pem");
        }
    }

    @Test
    void noticesThatABundleWasExchangedUnderTheSamePath() throws IOException {
        var bundle = write("ca.pem", new PrivateAuthority().certificate());
        try (var front = new TlsFront(host, cloud.root(), false)) {
            var clouds = clouds(front, "cacert: " + bundle);
            assertThat(failure(clouds.named("sandbox", Optional.empty())).reason())
                    .isEqualTo("CertificateRefused");

            write("ca.pem", authority.certificate());

            var trusted = clouds.named("sandbox", Optional.empty());
            assertThat(trusted.observe(Instant.now())).isNotNull();
            assertThat(clouds.named("sandbox", Optional.empty())).isSameAs(trusted);
        }
    }

    private static CloudException failure(Cloud cloud) {
        return catchThrowableOfType(CloudException.class, () -> cloud.observe(Instant.now()));
    }

    private Cloud cloud(TlsFront front, String line) throws IOException {
        return clouds(front, line).named("sandbox", Optional.empty());
    }

    private OpenStackClouds clouds(TlsFront front, String line) throws IOException {
        var yaml = cloud.cloudsYaml()
                .replace(cloud.root().toString(), front.root().toString())
                .replaceFirst("(?m)^    region_name", "    " + line + "\n    region_name");
        write("clouds.yaml", yaml);
        var manners = new Manners(Duration.ofSeconds(5), Duration.ofSeconds(30), 16)
                .with(1000, Duration.ofMillis(1), Duration.ofMillis(10));
        return new OpenStackClouds(
                new CloudsYaml(List.of(folder.resolve("clouds.yaml"))),
                manners,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }
}
