package io.orrery.contracts;

/**
 * What a platform's cloud controller and Cinder CSI are told that their cluster is called ({@code cluster.name},
 * {@code clusterID}). They write it on all that they make on the cloud, and the removal of the platform takes what bears
 * it. It holds the uid: two platforms of one name, one after the other or in two installations, never take each other's.
 */
public record ClusterId(String value) {

    public static ClusterId of(PlatformName platform, Uid uid) {
        return new ClusterId("orrery-" + platform + "-" + uid.shortForm());
    }

    @Override
    public String toString() {
        return value;
    }
}
