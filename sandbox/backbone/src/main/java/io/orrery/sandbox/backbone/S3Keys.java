package io.orrery.sandbox.backbone;

import java.util.Objects;

/** The one key pair that the S3 server accepts. */
public record S3Keys(String accessKey, String secretKey) {
    public S3Keys {
        Objects.requireNonNull(accessKey);
        Objects.requireNonNull(secretKey);
    }

    @Override
    public String toString() {
        return "S3Keys[" + accessKey + "]";
    }
}
