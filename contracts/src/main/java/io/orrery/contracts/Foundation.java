package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands before the first machine: where the machines will be, how they are reached, where results go.
 *
 * @param vip address of the Kubernetes API inside the platform's network
 * @param apiAddress address of the Kubernetes API from outside
 * @param mtu of the platform's network, in bytes
 * @param cloudCredential a sealed {@link CloudCredential}, as JSON; empty where none could be made
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Foundation(
        String networkId,
        String subnetId,
        String cidr,
        int mtu,
        String vip,
        String apiAddress,
        String imageId,
        Optional<Bucket> bucket,
        Optional<Sealed> cloudCredential,
        List<String> attachedNetworks) {

    /**
     * Where results go.
     *
     * @param endpoint as machines and pods reach it; buckets are addressed by path
     * @param credentials a sealed {@link S3Keys}, as JSON
     */
    public record Bucket(URI endpoint, String region, String name, Sealed credentials) {}

    public Foundation {
        bucket = Objects.requireNonNullElse(bucket, Optional.empty());
        cloudCredential = Objects.requireNonNullElse(cloudCredential, Optional.empty());
        attachedNetworks = List.copyOf(Objects.requireNonNullElse(attachedNetworks, List.of()));
    }
}
