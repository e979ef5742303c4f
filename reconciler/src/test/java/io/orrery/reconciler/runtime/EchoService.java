package io.orrery.reconciler.runtime;

import static io.orrery.reconciler.Samples.NOON;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Topics;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.TrackingStatus.Tracker;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.rest.LeaderOnly;
import io.orrery.reconciler.rest.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The smallest service there can be: tells that a platform is tracked as soon as it is wished for. */
@ApplicationScoped
@Path("/platforms/{name}")
public class EchoService {

    /** Whether the only cloud of all platforms answers. */
    static final AtomicBoolean CLOUD_ANSWERS = new AtomicBoolean(true);

    private final Facts facts;
    private final Facts.Teller teller;

    EchoService(Facts facts, Facts.Teller teller) {
        this.facts = facts;
        this.teller = teller;
    }

    @Produces
    @Singleton
    static Stewardship stewardship(Facts facts, Facts.Teller teller) {
        return new Stewardship(Set.of(Topics.PLATFORMS), name -> echo(facts, teller, name));
    }

    private static Outcome echo(Facts facts, Facts.Teller teller, PlatformName name) {
        if (!CLOUD_ANSWERS.get()) {
            return new Outcome.Unreachable("no route to host");
        }
        var platform = facts.about(name).platform();
        platform.ifPresent(it -> teller.tell(new TrackingStatus(
                name,
                it.uid(),
                it.generation(),
                Phase.READY,
                List.of(),
                Optional.empty(),
                new Tracker(true, Map.of()),
                List.of())));
        return platform.isPresent() ? new Outcome.Converged() : new Outcome.Waiting("platform");
    }

    @PUT
    @LeaderOnly
    public String wish(@PathParam("name") String name, String uid) {
        teller.tell(new PlatformStatus(new PlatformName(name), Uid.of(uid), 1, null, false, Optional.empty(), NOON));
        return "wished";
    }

    @GET
    public TrackingStatus tracking(@PathParam("name") String name) {
        return facts.about(new PlatformName(name))
                .tracking()
                .orElseThrow(() -> ProblemException.notFound("no platform " + name));
    }
}
