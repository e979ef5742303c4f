package io.orrery.sandbox.kubernetes;

import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How an API server is run.
 *
 * @param port 0 for a free one
 * @param subjectAltNames names and addresses of the serving certificate, beside the usual ones of a cluster and the bind
 *     address
 * @param version what /version says, as {@code v1.35.4+rke2r1}
 * @param logLength how many events can be watched from the past; older revisions are answered with 410
 * @param bookmarkInterval how often watches that asked for bookmarks get one
 */
public record ApiServerSettings(
        String bindAddress,
        int port,
        List<String> subjectAltNames,
        ClusterPki pki,
        String version,
        int logLength,
        Duration bookmarkInterval,
        Clock clock) {

    public ApiServerSettings {
        subjectAltNames = List.copyOf(subjectAltNames);
    }

    /** On a free port of 127.0.0.1. */
    public static ApiServerSettings with(ClusterPki pki) {
        return new ApiServerSettings(
                "127.0.0.1", 0, List.of(), pki, "v1.35.4+rke2r1", 50_000, Duration.ofMinutes(1), Clock.systemUTC());
    }

    public ApiServerSettings at(String address, int otherPort) {
        return new ApiServerSettings(
                address, otherPort, subjectAltNames, pki, version, logLength, bookmarkInterval, clock);
    }

    public ApiServerSettings named(List<String> names) {
        return new ApiServerSettings(bindAddress, port, names, pki, version, logLength, bookmarkInterval, clock);
    }

    public ApiServerSettings ofVersion(String other) {
        return new ApiServerSettings(
                bindAddress, port, subjectAltNames, pki, other, logLength, bookmarkInterval, clock);
    }

    public ApiServerSettings remembering(int events) {
        return new ApiServerSettings(bindAddress, port, subjectAltNames, pki, version, events, bookmarkInterval, clock);
    }

    public ApiServerSettings bookmarkingEvery(Duration interval) {
        return new ApiServerSettings(bindAddress, port, subjectAltNames, pki, version, logLength, interval, clock);
    }
}
