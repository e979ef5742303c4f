package io.orrery.contracts;

import java.util.Objects;

/** What {@link Foundation.Bucket#credentials} holds once opened: {@code {"accessKey": …, "secretKey": …}}. */
public record S3Keys(String accessKey, String secretKey) {

    public S3Keys {
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
    }

    @Override
    public String toString() {
        return "S3Keys[" + accessKey + "]";
    }
}
