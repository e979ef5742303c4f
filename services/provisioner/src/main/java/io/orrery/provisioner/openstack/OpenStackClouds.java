package io.orrery.provisioner.openstack;

import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.provisioner.openstack.CloudEntry.Tls;
import io.orrery.provisioner.reconcile.Cloud;
import io.orrery.provisioner.reconcile.Clouds;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The clouds of clouds.yaml, each with its own connections and budget: one that is slow slows no other. Regions of one cloud
 * share the token. An entry that has changed is opened anew.
 */
public final class OpenStackClouds implements Clouds {

    /**
     * How clouds are spoken to.
     *
     * @param connect for a connection to stand
     * @param patience for one whole answer
     * @param inFlight how many requests may be under way at once, for each cloud
     * @param perSecond how many may begin in a second, for each cloud
     * @param pause before what failed is sent once more, if that does no harm
     * @param rest for a service that failed again and again
     */
    public record Manners(
            Duration connect, Duration patience, int inFlight, int perSecond, Duration pause, Duration rest) {

        private static final int PER_SECOND = 50;
        private static final Duration PAUSE = Duration.ofMillis(250);
        private static final Duration REST = Duration.ofSeconds(15);

        public Manners(Duration connect, Duration patience, int inFlight) {
            this(connect, patience, inFlight, PER_SECOND, PAUSE, REST);
        }

        public Manners with(int perSecond, Duration pause, Duration rest) {
            return new Manners(connect, patience, inFlight, perSecond, pause, rest);
        }
    }

    private record Address(String name, Optional<String> region) {}

    private record Access(URI authUrl, Credential credential, Tls tls) {

        static Access of(CloudEntry entry) {
            return new Access(entry.authUrl(), entry.credential(), entry.tls());
        }
    }

    private record Opened(CloudEntry entry, Cloud cloud) {}

    private final CloudsYaml yaml;
    private final Manners manners;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Address, Opened> clouds = new HashMap<>();
    private final Map<Access, Tokens> brokers = new HashMap<>();
    private final Map<String, Traffic> traffic = new HashMap<>();

    public OpenStackClouds(CloudsYaml yaml, Manners manners, Clock clock, MeterRegistry meters) {
        this.yaml = yaml;
        this.manners = manners;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Cloud named(String name, Optional<String> region) {
        return opened(new Address(name, region), yaml.entry(name, region));
    }

    private synchronized Cloud opened(Address address, CloudEntry entry) {
        var open = clouds.get(address);
        if (open == null || !open.entry().equals(entry)) {
            open = new Opened(entry, open(address, entry));
            clouds.put(address, open);
            brokers.keySet()
                    .retainAll(clouds.values().stream()
                            .map(it -> Access.of(it.entry()))
                            .collect(Collectors.toSet()));
        }
        return open.cloud();
    }

    private Cloud open(Address address, CloudEntry entry) {
        var called = address.name() + entry.region().map(region -> "/" + region).orElse("");
        var mine = traffic.computeIfAbsent(called, it -> new Traffic(it, manners, clock, meters));
        var wire = new Wire(client(entry.tls()), mine, manners, clock);
        var tokens =
                brokers.computeIfAbsent(Access.of(entry), it -> new Tokens(wire, it.authUrl(), it.credential(), clock));
        var connection = new Connection(wire, tokens, new Endpoints(entry));
        return new OpenStackCloud(connection, entry.region().orElse(""), entry.credential(), clock);
    }

    private HttpClient client(Tls tls) {
        return HttpClient.newBuilder()
                .connectTimeout(manners.connect())
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.context(tls))
                .build();
    }
}
