package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Catalogue.Offer;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Observed;
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
    private final String region;
    private final Shelf<Observed> snapshot;
    private final Shelf<Catalogue> offers;

    OpenStackCloud(Connection connection, String region, Clock clock) {
        this.connection = connection;
        this.region = region;
        this.lists = new Lists(connection, clock);
        this.works = new Works(connection, clock);
        this.snapshot = new Shelf<>(clock);
        this.offers = new Shelf<>(clock);
    }

    @Override
    public Observed observe(Instant notBefore) {
        return snapshot.get(notBefore, lists::everything);
    }

    @Override
    public Catalogue catalogue(Instant notBefore) {
        return offers.get(notBefore, lists::catalogue);
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

    @Override
    public List<Thing.Ec2Credential> ec2Credentials() {
        return lists.ec2Credentials();
    }

    @Override
    public Optional<URI> objectStore() {
        return connection.find("s3").map(URI::create);
    }

    @Override
    public String region() {
        return region;
    }

    private static Map<String, String> headers(Kind kind) {
        return kind == Kind.SERVER_GROUP ? Paths.SERVER_GROUPS : Map.of();
    }

    static Offer offer(JsonNode node) {
        return new Offer(node.path("id").asText(), node.path("name").asText());
    }
}
