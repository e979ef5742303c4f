package io.orrery.cluster.api;

import io.orrery.cluster.reconcile.ShortKubeconfigs;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.AdminOnly;
import io.orrery.reconciler.rest.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Clusters, for people. Every replica answers. */
@Path("/platforms/{name}")
@RunOnVirtualThread
public class ClusterResource {

    private final Facts facts;
    private final ShortKubeconfigs kubeconfigs;

    ClusterResource(Facts facts, ShortKubeconfigs kubeconfigs) {
        this.facts = facts;
        this.kubeconfigs = kubeconfigs;
    }

    @GET
    @Path("/cluster")
    @Produces(MediaType.APPLICATION_JSON)
    public ClusterView cluster(@PathParam("name") String name) {
        return ClusterView.of(status(name));
    }

    /** Made for this request, and soon useless. */
    @GET
    @AdminOnly
    @Path("/kubeconfig")
    @Produces("application/yaml")
    public Response kubeconfig(@PathParam("name") String name) {
        var kubeconfig = kubeconfigs
                .mint(status(name))
                .orElseThrow(() -> new ProblemException(
                        409,
                        "No cluster of Orrery's",
                        "the cluster of " + name + " has not answered yet, or is not one that Orrery made"));
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        return Response.ok(kubeconfig.yaml()).cacheControl(noStore).build();
    }

    private ClusterStatus status(String name) {
        if (!PlatformName.isValid(name)) {
            throw ProblemException.notFound("no platform " + name);
        }
        return facts.about(PlatformName.of(name))
                .cluster()
                .orElseThrow(() -> ProblemException.notFound("nothing is known of a cluster of the platform " + name));
    }
}
