package io.orrery.jobtracker.s3;

import java.net.URI;

/**
 * A bucket and the keys to it.
 *
 * @param region may be empty: most object stores do not care
 */
public record Place(URI endpoint, String region, String bucket, String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "Place[" + endpoint + "/" + bucket + "]";
    }
}
