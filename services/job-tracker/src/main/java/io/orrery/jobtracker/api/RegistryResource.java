package io.orrery.jobtracker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.JobTrackerConfig;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.query.QueryReader;
import io.orrery.jobtracker.query.Search;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.registry.RegistryException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The Elastic Job Registry's HTTP API, as openEO's driver uses it. Bodies are read here and not by the framework: what
 * is wrong with them has to be said in the original's words. Access is by the issuer's tokens, not by API tokens.
 */
@Path("/registry/jobs")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Blocking
@NeedsToken
@Tag(name = "Job registry")
@SecurityRequirement(name = "registry")
@APIResponse(responseCode = "400", ref = "RegistryRefuses")
@APIResponse(responseCode = "401", ref = "RegistryUnauthorized")
@APIResponse(responseCode = "403", ref = "RegistryForbidden")
@APIResponse(responseCode = "408", ref = "RegistrySlow")
@APIResponse(responseCode = "413", ref = "RegistryTooLarge")
@APIResponse(responseCode = "503", ref = "RegistryUnavailable")
class RegistryResource {

    private final Registry registry;
    private final SignedIn signedIn;
    private final RequestBodies bodies;
    private final Clock clock;
    private final long largestAnswer;
    private final Duration answerTimeout;

    RegistryResource(Registry registry, SignedIn signedIn, RequestBodies bodies, Clock clock, JobTrackerConfig config) {
        this.registry = registry;
        this.signedIn = signedIn;
        this.bodies = bodies;
        this.clock = clock;
        this.largestAnswer = config.largestAnswer().asLongValue();
        this.answerTimeout = config.answerTimeout();
    }

    @POST
    @Operation(summary = "Make a job")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistryJob")))
    @APIResponse(
            responseCode = "201",
            description = "The job as it is kept",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistryJob")))
    @APIResponse(responseCode = "409", ref = "RegistryDuplicate")
    public Uni<Response> create(@Context RoutingContext exchange) {
        return answered(exchange, (caller, posted) -> json(201, registry.create(caller, posted)));
    }

    @POST
    @Path("/search")
    @Operation(
            summary = "All jobs that a query finds",
            description = "An answer above a limit in bytes is refused with 400.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistrySearch")))
    @APIResponse(
            responseCode = "200",
            description = "The jobs, newest first",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistryJobs")))
    public Uni<Response> search(@Context RoutingContext exchange) {
        return answered(exchange, (caller, posted) -> {
            var found = registry.search(caller, search(posted));
            return streamed(exchange, Answer.array(found, largestAnswer));
        });
    }

    @POST
    @Path("/search/paginated")
    @Operation(summary = "A page of the jobs that a query finds")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistrySearch")))
    @APIResponse(
            responseCode = "200",
            description = "Jobs, and the numbers of the pages around",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistryPage")))
    public Uni<Response> searchPaginated(
            @Context RoutingContext exchange, @QueryParam("size") String size, @QueryParam("page") String page) {
        return answered(exchange, (caller, posted) -> {
            var paging = Paging.of(size, page);
            var found = registry.search(caller, search(posted), paging);
            return streamed(exchange, Answer.page(found, paging, largestAnswer));
        });
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Change a job",
            description = "Objects are merged, arrays and plain values replaced, null is kept. A final status stays.")
    @RequestBody(
            required = true,
            description = "Any fields but job_id, backend_id, user_id, parent_id, process, job_options and deleted",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "200",
            description = "The whole job",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistryJob")))
    @APIResponse(responseCode = "404", ref = "RegistryUnknown")
    public Uni<Response> patch(@Context RoutingContext exchange, String id) {
        return answered(exchange, (caller, posted) -> json(200, registry.patch(caller, id, posted)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a job", description = "It is found by nobody any more. Its id stays taken.")
    @APIResponse(responseCode = "200", description = "It is deleted")
    @APIResponse(responseCode = "404", ref = "RegistryUnknown")
    public Response delete(String id) {
        loaded();
        registry.delete(signedIn.caller(), id);
        return Response.ok().build();
    }

    /** What comes of the request's body once it is here: until then no thread waits. */
    private Uni<Response> answered(RoutingContext exchange, BiFunction<Caller, ObjectNode, Response> work) {
        loaded();
        var caller = signedIn.caller();
        return bodies.read(exchange, body -> work.apply(caller, JobCodec.readPosted(body)));
    }

    /** A thread waits for the client to read: one that takes too long is cut off. */
    private Response streamed(RoutingContext exchange, Answer answer) {
        StreamingOutput timed = out -> {
            var timer = exchange.vertx().setTimer(answerTimeout.toMillis(), late -> exchange.request()
                    .connection()
                    .close());
            try {
                answer.write(out);
            } finally {
                exchange.vertx().cancelTimer(timer);
            }
        };
        return Response.ok(timed).build();
    }

    private void loaded() {
        if (!registry.isLoaded()) {
            throw RegistryException.unavailable("the jobs are being loaded");
        }
    }

    private Search search(ObjectNode posted) {
        return QueryReader.read(posted, clock.instant());
    }

    private static Response json(int status, JsonNode body) {
        return Response.status(status).entity(JobCodec.write(body)).build();
    }
}
