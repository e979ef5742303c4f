package io.orrery.sparkdeployer.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.ProblemException;
import io.orrery.sparkdeployer.reconcile.Preview;
import io.orrery.sparkdeployer.reconcile.Preview.UnknownYetException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What runs in a platform's cluster. Every replica answers, from what has been told. */
@Path("/platforms/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class WorkloadsResource {

    private static final int CONFLICT = 409;

    private final Facts facts;
    private final Preview preview;

    WorkloadsResource(Facts facts, Preview preview) {
        this.facts = facts;
        this.preview = preview;
    }

    @GET
    @Path("/workloads")
    @Operation(summary = "What is installed, and the proof that openEO answers")
    public WorkloadStatus workloads(@PathParam("name") String name) {
        return facts.about(known(name))
                .workloads()
                .orElseThrow(() -> ProblemException.notFound("nothing is known of workloads of platform " + name));
    }

    @GET
    @Path("/manifests")
    @RunOnVirtualThread
    @Operation(summary = "What is put into the cluster, in its order, with secrets masked")
    public List<GenericKubernetesResource> manifests(@PathParam("name") String name) throws InterruptedException {
        var platform = known(name);
        if (facts.about(platform).platform().isEmpty()) {
            throw ProblemException.notFound("no platform " + name);
        }
        try {
            return preview.of(platform);
        } catch (UnknownYetException e) {
            throw new ProblemException(CONFLICT, "Not known yet", e.getMessage());
        }
    }

    private static PlatformName known(String name) {
        if (!PlatformName.isValid(name)) {
            throw ProblemException.notFound("no platform " + name);
        }
        return new PlatformName(name);
    }
}
