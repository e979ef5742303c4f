package io.orrery.provisioner.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Change;
import io.orrery.contracts.platform.ChangeClass;
import io.orrery.contracts.platform.Changes;
import io.orrery.contracts.platform.Network;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformWriter;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Room.Allotment;
import io.orrery.provisioner.plan.ClusterView;
import io.orrery.provisioner.plan.Demand;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.plan.Preflight;
import io.orrery.provisioner.plan.Recall;
import io.orrery.provisioner.plan.Rehearsal;
import io.orrery.provisioner.plan.Resolution;
import io.orrery.provisioner.plan.Resolution.Result.Resolved;
import io.orrery.provisioner.plan.Resolution.Result.Unresolved;
import io.orrery.provisioner.plan.Scene;
import io.orrery.reconciler.facts.Facts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What would be done for a document, by the planner that will do it. */
public final class Preview {

    /**
     * What would be done.
     *
     * @param changes in the document
     * @param changeClass the highest of them; empty if nothing changes
     * @param steps on the cloud, in their order
     * @param quota of all that the steps take or give back, as far as the cloud tells it
     * @param problems why it would not work; empty if it would
     * @param document with every default
     */
    public record Plan(
            List<Change> changes,
            Optional<ChangeClass> changeClass,
            List<Line> steps,
            List<Use> quota,
            List<Obstacle> problems,
            Map<String, Object> document) {}

    /** @param step in words */
    public record Line(String step, ChangeClass changeClass) {}

    /**
     * How much a project has of something.
     *
     * @param most empty: as much as it likes
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Use(String of, long before, long after, Optional<Long> most) {}

    /** What the cloud has to say of a plan. */
    private record Prospect(List<Line> steps, List<Use> quota, List<Obstacle> problems) {

        static final Prospect NONE = new Prospect(List.of(), List.of(), List.of());

        static Prospect hopeless(List<Obstacle> problems) {
            return new Prospect(List.of(), List.of(), problems);
        }
    }

    private final Facts facts;
    private final Clouds clouds;
    private final Clock clock;

    public Preview(Facts facts, Clouds clouds, Clock clock) {
        this.facts = facts;
        this.clouds = clouds;
        this.clock = clock;
    }

    public Plan of(Platform document) {
        var former = facts.about(document.name()).platform();
        var changes = former.map(status -> Changes.between(status.document(), document))
                .orElseGet(() -> new Changes(List.of()));
        var prospect = prospect(document, former, changes);
        return new Plan(
                changes.all(),
                changes.highest(),
                prospect.steps(),
                prospect.quota(),
                prospect.problems(),
                PlatformWriter.toTree(document));
    }

    private Prospect prospect(Platform document, Optional<PlatformStatus> former, Changes changes) {
        var refused = refused(former, changes);
        if (!refused.isEmpty()) {
            return Prospect.hopeless(refused);
        }
        if (document.spec().cloud().isEmpty()) {
            return Prospect.NONE;
        }
        try {
            return onTheCloud(document, former);
        } catch (CloudException e) {
            return Prospect.hopeless(List.of(new Obstacle(e.reason(), e.getMessage())));
        }
    }

    private static List<Obstacle> refused(Optional<PlatformStatus> former, Changes changes) {
        if (former.filter(PlatformStatus::removing).isPresent()) {
            return List.of(new Obstacle("BeingRemoved", "the platform is being removed: wait for its certificate"));
        }
        return changes.of(ChangeClass.REFUSED).stream()
                .map(change ->
                        new Obstacle("ChangeRefused", change.path() + " cannot be changed: it takes another platform"))
                .toList();
    }

    private Prospect onTheCloud(Platform document, Optional<PlatformStatus> former) {
        var told = facts.about(document.name()).infrastructure().filter(status -> former.isPresent());
        var wanted = document.spec().cloud().orElseThrow();
        var cloud = clouds.named(wanted.name(), wanted.region());
        var fresh = clock.instant().minus(Settings.USUAL.freshness());
        var project = cloud.observe(fresh);
        var observed = document.spec().network().api().endpoint() == Network.Endpoint.OCTAVIA
                ? project.with(cloud.balancers(fresh))
                : project;
        var vip = told.flatMap(InfrastructureStatus::foundation).map(Foundation::vip);
        var uid = former.map(PlatformStatus::uid).orElseGet(() -> new Uid(new UUID(0, 0)));
        return switch (Resolution.resolve(document, uid, cloud.catalogue(fresh), observed, Recall.NONE, vip)) {
            case Unresolved unresolved -> Prospect.hopeless(unresolved.missing());
            case Resolved resolved -> rehearsed(document, cloud, resolved.desired(), told, observed);
        };
    }

    private Prospect rehearsed(
            Platform document, Cloud cloud, Desired desired, Optional<InfrastructureStatus> told, Observed observed) {
        var cluster = ClusterView.of(facts.about(document.name()).cluster());
        var ledger = new Ledger(told.map(InfrastructureStatus::resources).orElse(List.of()));
        var numbers = Stream.iterate(1, number -> number + 1).iterator();
        var play = Rehearsal.play(
                desired,
                cluster,
                told.map(InfrastructureStatus::slots).orElse(List.of()),
                ledger,
                observed,
                () -> "new" + numbers.next());
        var scene = new Scene(desired, ledger, play.slots(), observed, Optional.empty(), Scene.Restraint.NONE);
        var steps = play.steps();
        var room = cloud.room(Preflight.question(desired, steps));
        var catalogue = cloud.catalogue(clock.instant().minus(Settings.USUAL.offers()));
        var uses = Demand.of(steps, play.slots(), catalogue, room).end().entrySet().stream()
                .flatMap(demand -> Preflight.allotment(scene, room, demand.getKey()).stream()
                        .map(allotment -> use(demand.getKey().words(), allotment, demand.getValue())))
                .toList();
        return new Prospect(lines(play, document, ledger), uses, Preflight.obstacles(scene, steps, catalogue, room));
    }

    private static Use use(String of, Allotment allotment, long more) {
        var most = Optional.of(allotment.most()).filter(limit -> limit < Long.MAX_VALUE);
        return new Use(of, allotment.used(), allotment.used() + more, most);
    }

    /** With what is not Nova's or Neutron's in the end. */
    private static List<Line> lines(Rehearsal.Play play, Platform document, Ledger ledger) {
        var lines = new ArrayList<Line>();
        play.lines().forEach(line -> lines.add(new Line(line.words(), line.changeClass())));
        var s3 = document.spec().storage().s3();
        if (s3.credentials().isEmpty() && ledger.living(Keys.EC2_CREDENTIAL).isEmpty()) {
            lines.add(new Line("create ec2 credential", ChangeClass.LIVE));
        }
        if (ledger.living(Keys.APPLICATION_CREDENTIAL).isEmpty()) {
            lines.add(new Line("create application credential, if the cloud lets us", ChangeClass.LIVE));
        }
        if (ledger.living(Keys.BUCKET).isEmpty()) {
            lines.add(new Line("create bucket " + s3.bucket() + ", unless it is there", ChangeClass.LIVE));
        }
        return lines;
    }
}
