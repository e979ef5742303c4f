package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.TrackingStatus;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.AdminOnly;
import io.orrery.reconciler.rest.ProblemException;
import io.orrery.reconciler.seal.Sealer;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people ask about a platform's jobs. Every replica answers. */
@Path("/platforms/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs of a platform")
class PlatformResource {

    private static final int MOST = 10_000;

    private final Facts facts;
    private final Registry registry;
    private final Sealer sealer;

    PlatformResource(Facts facts, Registry registry, Sealer sealer) {
        this.facts = facts;
        this.registry = registry;
        this.sealer = sealer;
    }

    @GET
    @Path("/tracking")
    public TrackingView tracking(String name) {
        return TrackingView.of(status(name));
    }

    @GET
    @Path("/jobs")
    public JobView.Page jobs(
            String name,
            @QueryParam("user") String user,
            @QueryParam("status") String status,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        status(name);
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(400, "Bad limit", "limit must lie between 1 and " + MOST);
        }
        return new JobView.Page(registry.ofBackend(name)
                .filter(ofUser(user).and(inStatus(status)))
                .limit(limit)
                .map(JobView::of)
                .toList());
    }

    @GET
    @Path("/jobs/{id}")
    public JobView.Detail job(String name, String id) {
        return registry.find(id)
                .filter(job -> job.backendId().equals(name))
                .map(JobView.Detail::of)
                .orElseThrow(() -> ProblemException.notFound(name + " has no job " + id));
    }

    /** What a driver of openEO needs to use the registry, as lines for a shell. */
    @GET
    @Path("/registry-env")
    @AdminOnly
    @Produces(MediaType.TEXT_PLAIN)
    public String environment(String name, @QueryParam("credentials") boolean credentials) {
        var status = status(name);
        var served = status.registry()
                .orElseThrow(() -> ProblemException.notFound("the registry of " + name + " is not ready yet"));
        var lines = new TreeMap<String, String>(Map.of(
                "OPENEO_EJR_API", served.api().toString(),
                "OPENEO_EJR_BACKEND_ID", served.backendId()));
        if (credentials) {
            var secret = new String(sealer.open(status.uid(), served.clientCredentials()), UTF_8);
            lines.put("OPENEO_EJR_OIDC_CLIENT_CREDENTIALS", secret + "@" + served.issuer());
        }
        return lines.entrySet().stream()
                .map(line -> "export " + line.getKey() + "=" + line.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private TrackingStatus status(String name) {
        return Optional.of(name)
                .filter(PlatformName::isValid)
                .flatMap(it -> facts.about(new PlatformName(it)).tracking())
                .orElseThrow(() -> ProblemException.notFound("no platform " + name + " is known here"));
    }

    private static Predicate<Job> ofUser(String user) {
        return user == null ? job -> true : job -> job.userId().equals(user);
    }

    private static Predicate<Job> inStatus(String word) {
        if (word == null) {
            return job -> true;
        }
        var status = JobStatus.find(word)
                .orElseThrow(() -> new ProblemException(400, "Bad status", "no job is ever " + word));
        return job -> job.status() == status;
    }
}
