package io.orrery.contracts.platform;

import java.net.URI;
import java.util.Optional;

/** Object storage of the platform. */
public record Storage(
        @Key(about = "The S3 service and bucket.", change = ChangeClass.REFUSED)
        S3 s3) {

    /** A bucket by S3's protocol, addressed by path. */
    public record S3(
            @Key(
                    about = "The S3 service; without it the object store of the cloud's catalogue.",
                    change = ChangeClass.REFUSED)
            Optional<URI> endpoint,

            @Key(
                    about = "Region that requests are signed for; without it the cloud's region.",
                    change = ChangeClass.REFUSED,
                    pattern = Shape.MOUNTED,
                    shape = "a region's name")
            Optional<String> region,

            @Key(
                    about = "The bucket; made if it is not there.",
                    change = ChangeClass.REFUSED,
                    absent = "{name}-openeo",
                    pattern = Shape.BUCKET,
                    shape = Shape.BUCKET_WORDS)
            String bucket,

            @Key(
                    about =
                            "Name of the mounted secret with the keys; without it EC2 credentials are made in Keystone.",
                    change = ChangeClass.LIVE,
                    pattern = Shape.MOUNTED,
                    shape = Shape.MOUNTED_WORDS)
            Optional<String> credentials) {}
}
