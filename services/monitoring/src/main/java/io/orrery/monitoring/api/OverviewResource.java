package io.orrery.monitoring.api;

import io.orrery.contracts.Activity;
import io.orrery.contracts.DeadLetter;
import io.orrery.contracts.JobEvent;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.monitoring.activity.History;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.rest.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Collection;
import java.util.List;

/** What people look at. */
@Path("/")
public class OverviewResource {

    private final Facts facts;
    private final History history;

    OverviewResource(Facts facts, History history) {
        this.facts = facts;
        this.history = history;
    }

    /** Every platform that somebody wishes for, or that is still being removed. */
    @GET
    @Path("overview")
    public List<Overview> overview() {
        return facts.names().stream()
                .sorted()
                .map(facts::about)
                .filter(about -> about.platform().isPresent())
                .map(Overview::of)
                .toList();
    }

    @GET
    @Path("platforms/{name}/overview")
    public Overview overview(@PathParam("name") String name) {
        return Overview.of(about(name));
    }

    @GET
    @Path("platforms/{name}/observability")
    public ObservabilityStatus observability(@PathParam("name") String name) {
        return about(name)
                .observability()
                .orElseThrow(() -> ProblemException.notFound("nothing is told of " + name + " yet"));
    }

    /** What was done last, the newest first. */
    @GET
    @Path("platforms/{name}/activity")
    public List<Activity> activity(@PathParam("name") String name) {
        return history.activities(about(name).name());
    }

    /** What became of jobs last, the newest first. */
    @GET
    @Path("platforms/{name}/job-events")
    public List<JobEvent> jobs(@PathParam("name") String name) {
        return history.jobs(about(name).name());
    }

    @GET
    @Path("dead-letters")
    public Collection<DeadLetter> deadLetters() {
        return history.deadLetters();
    }

    private PlatformFacts about(String name) {
        if (!PlatformName.isValid(name) || !facts.names().contains(new PlatformName(name))) {
            throw ProblemException.notFound("no platform " + name);
        }
        return facts.about(new PlatformName(name));
    }
}
