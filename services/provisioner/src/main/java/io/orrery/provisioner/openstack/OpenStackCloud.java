package io.orrery.provisioner.openstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.CloudCredential;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Room;
import io.orrery.provisioner.model.Room.Question;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Step;
import io.orrery.provisioner.reconcile.Cloud;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A project on OpenStack. Snapshots are shared by all platforms of the project. */
final class OpenStackCloud implements Cloud {

    private final Connection connection;
    private final Lists lists;
    private final Works works;
    private final Identity identity;
    private final Traces traces;
    private final Credential own;
    private final Limits limits;
    private final String region;
    private final Balancers balancers;
    private final Shelf<Observed> snapshot;
    private final Shelf<List<Thing>> servers;
    private final Shelf<Catalogue> offers;
    private final Shelf<List<Thing>> traced;
    private final Shelf<List<Thing>> balancing;
    private final Map<Kind, Shelf<List<Thing>>> credentials;

    /** @param own what is signed in with */
    OpenStackCloud(Connection connection, String region, Credential own, Clock clock) {
        this.connection = connection;
        this.region = region;
        this.lists = new Lists(connection, clock);
        this.works = new Works(connection, clock);
        this.identity = new Identity(connection);
        this.traces = new Traces(connection);
        this.own = own;
        this.limits = new Limits(connection);
        this.balancers = new Balancers(connection);
        this.snapshot = new Shelf<>(clock);
        this.servers = new Shelf<>(clock);
        this.offers = new Shelf<>(clock);
        this.traced = new Shelf<>(clock);
        this.balancing = new Shelf<>(clock);
        this.credentials = Map.of(
                Kind.EC2_CREDENTIAL, new Shelf<>(clock),
                Kind.APPLICATION_CREDENTIAL, new Shelf<>(clock));
    }

    @Override
    public Observed observe(Instant notBefore) {
        return snapshot.get(notBefore, lists::everything);
    }

    @Override
    public List<Thing> servers(Instant notBefore) {
        return servers.get(notBefore, lists::servers);
    }

    @Override
    public Catalogue catalogue(Instant notBefore) {
        return offers.get(notBefore, lists::catalogue);
    }

    @Override
    public Room room(Question question) {
        return limits.room(question);
    }

    @Override
    public Optional<Thing> apply(Step step, Function<Sealed, byte[]> secrets) {
        return works.apply(step, secrets);
    }

    @Override
    public boolean exists(Kind kind, String id) {
        try {
            connection.json("GET", Paths.service(kind), works.path(kind) + "/" + id, headers(kind), Optional.empty());
            return true;
        } catch (CloudException e) {
            if (e.sort() == Sort.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Nova lists actions newest first. */
    @Override
    public Optional<String> lastRequest(String serverId) {
        try {
            var actions = connection.json(
                    "GET", "compute", "/servers/" + serverId + "/os-instance-actions", Map.of(), Optional.empty());
            return Optional.of(actions.at("/instanceActions/0/request_id").asText())
                    .filter(id -> !id.isEmpty());
        } catch (CloudException e) {
            if (e.sort() == Sort.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<Thing> traces(Instant notBefore) {
        return traced.get(notBefore, traces::all);
    }

    @Override
    public List<Thing> balancers(Instant notBefore) {
        return balancing.get(notBefore, balancers::all);
    }

    @Override
    public List<Thing> credentials(Kind kind, Instant notBefore) {
        return credentials.get(kind).get(notBefore, () -> identity.list(kind));
    }

    @Override
    public CloudCredential login(String id, byte[] secret) {
        return new CloudCredential(
                URI.create(connection.url("identity")),
                Optional.of(region).filter(name -> !name.isEmpty()),
                id,
                new String(secret, UTF_8));
    }

    @Override
    public Optional<CloudCredential> ownLogin() {
        return own instanceof Credential.ApplicationCredential given
                ? given.id()
                        .or(() -> idOfApplicationCredential(given.name().orElseThrow()))
                        .map(id -> login(id, given.secret().getBytes(UTF_8)))
                : Optional.empty();
    }

    private Optional<String> idOfApplicationCredential(String name) {
        return identity.list(Kind.APPLICATION_CREDENTIAL).stream()
                .filter(thing -> thing.name().equals(name))
                .map(Thing::id)
                .findFirst();
    }

    @Override
    public Optional<URI> objectStore() {
        return connection.find("s3").map(URI::create);
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public String project() {
        return connection.projectId();
    }

    private static Map<String, String> headers(Kind kind) {
        return kind == Kind.SERVER_GROUP ? Paths.SERVER_GROUPS : Map.of();
    }
}
