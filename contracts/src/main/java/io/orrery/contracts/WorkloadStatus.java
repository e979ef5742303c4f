package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Told by {@code spark-deployer} on {@link Topics#WORKLOADS}: what is installed, and the proof that openEO answers. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WorkloadStatus(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        List<Release> releases,
        Optional<URI> openeo,
        Optional<Evidence> evidence,
        List<String> abandoned)
        implements StageStatus {

    /** Something installed in the cluster. */
    public record Release(String name, String namespace, String version, boolean ready) {}

    /**
     * What openEO answered when it was asked through the API server's service proxy.
     *
     * @param collections how many it lists
     */
    public record Evidence(
            String apiVersion,
            String backendVersion,
            int collections,
            @Incidental Instant at) {}

    public WorkloadStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        releases = List.copyOf(Objects.requireNonNullElse(releases, List.of()));
        openeo = Objects.requireNonNullElse(openeo, Optional.empty());
        evidence = Objects.requireNonNullElse(evidence, Optional.empty());
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
    }

    @Override
    public Stage stage() {
        return Stage.WORKLOADS;
    }
}
