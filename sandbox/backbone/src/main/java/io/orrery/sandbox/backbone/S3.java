package io.orrery.sandbox.backbone;

import java.net.URI;

/** S3 as its clients see it. */
public interface S3 extends Program {
    /** Path style only: names of buckets are no host names here. */
    URI endpoint();

    String accessKey();

    String secretKey();
}
