package io.orrery.provisioner.api;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformSchema;
import io.orrery.contracts.platform.Violation;
import io.orrery.provisioner.reconcile.Preview;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.LeaderOnly;
import io.orrery.reconciler.rest.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people wish, and how far it is. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlatformsResource {

    private static final String YAML = "application/yaml";
    private static final String X_YAML = "application/x-yaml";

    private final Facts facts;
    private final Wishes wishes;
    private final Preview preview;

    PlatformsResource(Facts facts, Wishes wishes, Preview preview) {
        this.facts = facts;
        this.wishes = wishes;
        this.preview = preview;
    }

    @GET
    @Path("platforms")
    public List<PlatformView> all() {
        return facts.names().stream()
                .sorted()
                .map(facts::about)
                .flatMap(about -> about.platform().map(platform -> PlatformView.line(platform, about)).stream())
                .toList();
    }

    @GET
    @Path("platforms/{name}")
    public Response one(@PathParam("name") String name) {
        return answer(200, wishes.find(named(name)));
    }

    @PUT
    @Path("platforms/{name}")
    @Consumes({MediaType.APPLICATION_JSON, YAML, X_YAML, MediaType.TEXT_PLAIN})
    @LeaderOnly
    public Response put(
            @PathParam("name") String name,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("confirm") String confirm,
            String text) {
        var document = document(name, text);
        var former = facts.about(document.name()).platform();
        var wish = wishes.put(document, generation(ifMatch), "rebuild".equals(confirm));
        var unchanged = former.filter(wish::equals).isPresent();
        return answer(unchanged ? 200 : 202, wish);
    }

    @DELETE
    @Path("platforms/{name}")
    @LeaderOnly
    public Response remove(
            @PathParam("name") String name, @QueryParam("force") boolean force, @QueryParam("skip") List<String> skip) {
        return answer(202, wishes.remove(named(name), force, stages(skip)));
    }

    @POST
    @Path("platforms/{name}/pause")
    @LeaderOnly
    public Response pause(@PathParam("name") String name) {
        return answer(202, wishes.pause(named(name), true));
    }

    @POST
    @Path("platforms/{name}/resume")
    @LeaderOnly
    public Response resume(@PathParam("name") String name) {
        return answer(202, wishes.pause(named(name), false));
    }

    /** A mass change is what it looks like: the machines that failed are lost, and are to be replaced. */
    @POST
    @Path("platforms/{name}/confirm-mass-change")
    @LeaderOnly
    public Response confirmMassChange(@PathParam("name") String name) {
        return answer(202, wishes.writeOff(named(name)));
    }

    /** What PUT would do. Nothing is told, and nothing created. */
    @POST
    @Path("platforms/{name}/plan")
    @Consumes({MediaType.APPLICATION_JSON, YAML, X_YAML, MediaType.TEXT_PLAIN})
    public Preview.Plan plan(@PathParam("name") String name, String text) {
        return preview.of(document(name, text));
    }

    @GET
    @Path("platforms/{name}/infrastructure")
    public InfrastructureStatus infrastructure(@PathParam("name") String name) {
        return told(name);
    }

    /** Also of a platform that is gone, as long as it is remembered. */
    @GET
    @Path("platforms/{name}/certificate")
    public Certificate certificate(@PathParam("name") String name) {
        return told(name)
                .certificate()
                .orElseThrow(() -> ProblemException.notFound("platform " + name + " is not removed"));
    }

    @GET
    @Path("schema")
    @Produces("application/schema+json")
    public byte[] schema() {
        try (var schema = PlatformSchema.open()) {
            return schema.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InfrastructureStatus told(String name) {
        return facts.about(named(name))
                .infrastructure()
                .orElseThrow(() -> ProblemException.notFound("nothing is known of the infrastructure of " + name));
    }

    private Response answer(int status, PlatformStatus wish) {
        return Response.status(status)
                .location(URI.create("/platforms/" + wish.platform()))
                .tag(Long.toString(wish.generation()))
                .entity(PlatformView.whole(wish, facts.about(wish.platform())))
                .build();
    }

    private static Platform document(String name, String text) {
        var document = Documents.read(text);
        if (!document.name().value().equals(name)) {
            throw Documents.invalid(List.of(new Violation(
                    "/metadata/name",
                    Violation.Code.CONFLICT,
                    "the document is about " + document.name() + ", the path about " + name)));
        }
        return document;
    }

    private static PlatformName named(String name) {
        if (!PlatformName.isValid(name)) {
            throw ProblemException.notFound("there is no platform " + name);
        }
        return PlatformName.of(name);
    }

    private static Optional<Long> generation(String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return Optional.empty();
        }
        var digits = ifMatch.replace("\"", "");
        if (!digits.matches("[0-9]{1,18}")) {
            throw new ProblemException(400, "If-Match is not a generation", "it is " + ifMatch);
        }
        return Optional.of(Long.valueOf(digits));
    }

    private static List<Stage> stages(List<String> words) {
        return words.stream()
                .flatMap(word -> Stream.of(word.split(",", -1)))
                .filter(word -> !word.isEmpty())
                .map(PlatformsResource::stage)
                .toList();
    }

    private static Stage stage(String word) {
        return Stream.of(Stage.values())
                .filter(stage -> stage.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        400, "There is no stage " + word, "the stages are " + List.of(Stage.values())));
    }
}
