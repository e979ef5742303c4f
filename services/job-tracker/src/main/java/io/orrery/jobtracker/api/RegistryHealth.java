package io.orrery.jobtracker.api;

import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.registry.RegistryException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asked by openEO's web app once, when it starts, with or without a token: unless this is 200, it does not start. */
@Path("/registry/health")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Job registry")
class RegistryHealth {

    private final Registry registry;

    RegistryHealth(Registry registry) {
        this.registry = registry;
    }

    @GET
    @Operation(summary = "Whether the registry serves", description = "Without a token.")
    @APIResponse(responseCode = "200", description = "It does")
    @APIResponse(responseCode = "503", ref = "RegistryUnavailable")
    public Map<String, String> health() {
        if (!registry.isLoaded()) {
            throw RegistryException.unavailable("the jobs are being loaded");
        }
        return Map.of("status", "ok");
    }
}
