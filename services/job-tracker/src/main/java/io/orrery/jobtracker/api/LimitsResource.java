package io.orrery.jobtracker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.contracts.PlatformName;
import io.orrery.jobtracker.limits.OpenEoZooKeeper.UnreachableException;
import io.orrery.jobtracker.limits.PodLimits;
import io.orrery.jobtracker.limits.PodLimits.NoPathException;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Limits of single users, where openEO's driver reads them. Every replica serves them. */
@Path("/platforms/{name}/users/{user}/limits")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Limits of users")
class LimitsResource {

    private static final String FIELD = "concurrent_pod_limit";
    private static final int GREATEST = 1_000_000;

    private final PodLimits limits;
    private final Facts facts;

    LimitsResource(PodLimits limits, Facts facts) {
        this.limits = limits;
        this.facts = facts;
    }

    /**
     * What counts for a user.
     *
     * @param concurrentPodLimit running Spark applications, 0 for any number; empty: what the driver is set to
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(String user, @JsonProperty(FIELD) Optional<Integer> concurrentPodLimit) {}

    @GET
    @Operation(summary = "How many Spark applications the user may have running at once, if that was set")
    public View get(String name, String user) {
        var platform = platform(name);
        return new View(user, asked(() -> limits.find(platform, user)).map(LimitsResource::number));
    }

    @PUT
    @Operation(summary = "Sets it, from the user's next job on; 0 for any number")
    public View set(String name, String user, JsonNode body) {
        var limit = limit(body);
        var platform = platform(name);
        return asked(() -> {
            limits.set(platform, user, limit);
            return new View(user, Optional.of(limit));
        });
    }

    @DELETE
    @Operation(summary = "What the driver is set to counts again")
    public void remove(String name, String user) {
        var platform = platform(name);
        asked(() -> {
            limits.remove(platform, user);
            return true;
        });
    }

    private PlatformName platform(String name) {
        return Optional.of(name)
                .filter(PlatformName::isValid)
                .map(PlatformName::new)
                .filter(it -> facts.about(it).platform().isPresent())
                .orElseThrow(() -> ProblemException.notFound("no platform " + name + " is known here"));
    }

    private static int limit(JsonNode body) {
        var value = body == null ? null : body.get(FIELD);
        if (value == null
                || body.size() != 1
                || !value.isInt()
                || value.intValue() < 0
                || value.intValue() > GREATEST) {
            throw new ProblemException(
                    400,
                    "Bad limit",
                    "the body must be {\"" + FIELD + "\": N} with a whole number from 0 (no limit) to " + GREATEST);
        }
        return value.intValue();
    }

    /** Others write there too; the driver takes what is no number for no limit of the user's own. */
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    409, "Unreadable limit", "what stands there is no number, and openEO passes over it; set it anew");
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (NoPathException e) {
            throw new ProblemException(400, "Bad user", e.getMessage());
        } catch (UnreachableException e) {
            throw new ProblemException(503, "No way to openEO", e.getMessage());
        }
    }
}
