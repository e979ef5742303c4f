package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orrery.contracts.PlatformName;
import io.orrery.jobtracker.legacy.LegacyNode;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.registry.RegistryException;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.AdminOnly;
import io.orrery.reconciler.rest.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes over jobs that openEO's driver kept in ZooKeeper itself. */
@Path("/platforms/{name}/jobs/import")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs of a platform")
class ImportResource {

    /** Nodes as they were found. */
    record Nodes(List<Node> nodes) {}

    /** @param text the node's data */
    record Node(String path, String text) {}

    /** What became of them, in the same order. */
    record Report(List<Result> results) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Result(String path, Outcome outcome, Optional<String> reason) {}

    enum Outcome {
        IMPORTED,
        ALREADY_THERE,
        UNREADABLE
    }

    private final Facts facts;
    private final Registry registry;
    private final Clock clock;

    ImportResource(Facts facts, Registry registry, Clock clock) {
        this.facts = facts;
        this.registry = registry;
        this.clock = clock;
    }

    /** May be repeated with the same nodes: jobs that are there stay as they are. */
    @POST
    @AdminOnly
    public Report take(String name, Nodes nodes) {
        var known = Optional.of(name).filter(PlatformName::isValid).flatMap(it -> facts.about(new PlatformName(it))
                .tracking());
        if (known.isEmpty()) {
            throw ProblemException.notFound("no platform " + name + " is known here");
        }
        if (!registry.isLoaded()) {
            throw RegistryException.unavailable("the jobs are being loaded");
        }
        return new Report(nodes.nodes().stream().map(node -> take(name, node)).toList());
    }

    private Result take(String backendId, Node node) {
        try {
            var job = LegacyNode.read(node.text().getBytes(UTF_8), backendId, clock.instant());
            var outcome = registry.adopt(job) ? Outcome.IMPORTED : Outcome.ALREADY_THERE;
            return new Result(node.path(), outcome, Optional.empty());
        } catch (RegistryException e) {
            return new Result(node.path(), Outcome.UNREADABLE, Optional.of(e.getMessage()));
        }
    }
}
