package io.orrery.provisioner.openstack;

import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.provisioner.openstack.CloudsYaml.Entry;
import io.orrery.provisioner.reconcile.Cloud;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.provisioner.reconcile.Clouds;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The clouds of clouds.yaml, each with its own connections, token and budget: one that is slow slows no other. */
public final class OpenStackClouds implements Clouds {

    /**
     * How clouds are spoken to.
     *
     * @param patience for one answer
     * @param inFlight how many requests may be under way at once, for each cloud
     */
    public record Manners(Duration connect, Duration patience, int inFlight) {}

    private record Address(String name, Optional<String> region) {}

    private final CloudsYaml yaml;
    private final Manners manners;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Address, Cloud> clouds = new ConcurrentHashMap<>();

    public OpenStackClouds(CloudsYaml yaml, Manners manners, Clock clock, MeterRegistry meters) {
        this.yaml = yaml;
        this.manners = manners;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Cloud named(String name, Optional<String> region) {
        return clouds.computeIfAbsent(new Address(name, region), this::open);
    }

    private Cloud open(Address address) {
        var entry = yaml.entry(address.name());
        var wire = new Wire(client(entry), manners.patience(), manners.inFlight(), address.name(), meters);
        var tokens = new Tokens(
                wire, entry.authUrl(), () -> yaml.entry(address.name()).credential(), clock);
        var region = address.region().or(entry::region);
        var connection = new Connection(wire, tokens, new Endpoints(region, entry.face()));
        return new OpenStackCloud(
                connection, region.orElse(""), () -> yaml.entry(address.name()).credential(), clock);
    }

    private HttpClient client(Entry entry) {
        var client = HttpClient.newBuilder().connectTimeout(manners.connect()).version(HttpClient.Version.HTTP_1_1);
        entry.caFile().map(OpenStackClouds::trusting).ifPresent(client::sslContext);
        return client.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CloudException(Sort.REFUSED, "the CA file " + file + " cannot be used", null, null, e);
        }
    }
}
