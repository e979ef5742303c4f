package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.TrackingStatus;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.AdminOnly;
import io.orrery.reconciler.rest.ProblemException;
import io.orrery.reconciler.seal.Sealer;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What people ask about a platform's jobs. Every replica answers. */
@Path("/platforms/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs of a platform")
class PlatformResource {

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
    @Operation(summary = "Jobs that match, a page of them")
    public JobView.Page jobs(
            String name,
            @BeanParam JobFilter filter,
            @Parameter(description = "created, updated, status, user or title; with - before it the greatest first")
                    @RestQuery
                    @DefaultValue("-created")
                    String sort,
            @Parameter(description = "the next of the page before") @RestQuery String after,
            @Parameter(description = "so many at most") @RestQuery @DefaultValue("100") int limit) {
        status(name);
        var list = JobList.of(sort, after, limit);
        return list.page(registry.ofBackend(name).filter(filter.matching()));
    }

    @GET
    @Path("/jobs/{id}")
    public JobView.Detail job(String name, String id) {
        return registry.find(id)
                .or(() -> registry.findWhole(id))
                .filter(job -> job.backendId().equals(name))
                .map(JobView.Detail::of)
                .orElseThrow(() -> ProblemException.notFound(name + " has no job " + id));
    }

    /** What a driver of openEO needs to use the registry, as lines for a shell. */
    @GET
    @Path("/registry-env")
    @AdminOnly
    @Produces(MediaType.TEXT_PLAIN)
    public String environment(String name, @RestQuery boolean credentials) {
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
                .map(line -> "export " + line.getKey() + "=" + quoted(line.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private TrackingStatus status(String name) {
        return Optional.of(name)
                .filter(PlatformName::isValid)
                .flatMap(it -> facts.about(new PlatformName(it)).tracking())
                .orElseThrow(() -> ProblemException.notFound("no platform " + name + " is known here"));
    }

    /** For a shell; what needs no quotes has none. */
    private static String quoted(String value) {
        return value.matches("[\\w@%+=:,./-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
