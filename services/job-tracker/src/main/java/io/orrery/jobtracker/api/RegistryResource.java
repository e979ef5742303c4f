package io.orrery.jobtracker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.query.QueryReader;
import io.orrery.jobtracker.query.Search;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.registry.RegistryException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The Elastic Job Registry's HTTP API, as openEO's driver uses it. Bodies are read here and not by the framework: what
 * is wrong with them has to be said in the original's words. Access is by the issuer's tokens, not by API tokens.
 */
@Path("/registry")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Job registry")
class RegistryResource {

    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    private final Registry registry;
    private final SignedIn signedIn;
    private final Clock clock;

    RegistryResource(Registry registry, SignedIn signedIn, Clock clock) {
        this.registry = registry;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GET
    @Path("/health")
    public Response health() {
        if (!registry.isLoaded()) {
            throw RegistryException.unavailable("the jobs are being loaded");
        }
        return json(200, JsonNodeFactory.instance.objectNode().put("status", "ok"));
    }

    @POST
    @Path("/jobs")
    @NeedsToken
    public Response create(@HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, InputStream body) {
        return json(201, loaded().create(signedIn.caller(), read(length, body)));
    }

    @POST
    @Path("/jobs/search")
    @NeedsToken
    public Response search(@HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, InputStream body) {
        return json(200, array(loaded().search(signedIn.caller(), search(read(length, body)))));
    }

    @POST
    @Path("/jobs/search/paginated")
    @NeedsToken
    public Response searchPaginated(
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            @QueryParam("size") String size,
            @QueryParam("page") String page,
            InputStream body) {
        var paging = Paging.of(size, page);
        var found = loaded().search(signedIn.caller(), search(read(length, body)), paging);
        var answer = JsonNodeFactory.instance.objectNode();
        answer.set("jobs", array(found));
        answer.set("pagination", pagination(paging, found.size()));
        return json(200, answer);
    }

    @PATCH
    @Path("/jobs/{id}")
    @NeedsToken
    public Response patch(String id, @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, InputStream body) {
        return json(200, loaded().patch(signedIn.caller(), id, read(length, body)));
    }

    @DELETE
    @Path("/jobs/{id}")
    @NeedsToken
    public Response delete(String id) {
        loaded().delete(signedIn.caller(), id);
        return Response.ok().build();
    }

    private Registry loaded() {
        if (!registry.isLoaded()) {
            throw RegistryException.unavailable("the jobs are being loaded");
        }
        return registry;
    }

    private Search search(ObjectNode body) {
        return QueryReader.read(body, clock.instant());
    }

    private static ObjectNode read(Long length, InputStream body) {
        if (length != null && length > LARGEST_BODY) {
            throw RegistryException.tooLarge("request entity too large");
        }
        try {
            var bytes = body.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw RegistryException.tooLarge("request entity too large");
            }
            return JobCodec.readDocument(bytes);
        } catch (IOException e) {
            throw RegistryException.badRequest("the body did not arrive whole");
        }
    }

    private static JsonNode pagination(Paging paging, int found) {
        var pagination = JsonNodeFactory.instance.objectNode();
        if (found > 0) {
            pagination.set("previous", page(paging.previous()));
            pagination.set("next", page(paging.next(found)));
        }
        return pagination;
    }

    private static JsonNode page(Optional<Paging> page) {
        return page.<JsonNode>map(it -> JsonNodeFactory.instance
                        .objectNode()
                        .put("size", it.size())
                        .put("page", it.page()))
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static JsonNode array(List<ObjectNode> jobs) {
        return JsonNodeFactory.instance.arrayNode().addAll(jobs);
    }

    private static Response json(int status, JsonNode body) {
        return Response.status(status).entity(JobCodec.write(body)).build();
    }
}
