package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.net.URI;
import java.util.regex.Pattern;

/** An endpoint that clients can be given, and a bucket that S3 takes. */
final class StorageRules implements Rules.Rule {

    private static final Pointer ENDPOINT = new Pointer("/spec/storage/s3/endpoint");
    private static final Pointer BUCKET = new Pointer("/spec/storage/s3/bucket");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    @Override
    public void check(Bound bound, Findings findings) {
        Urls.web(bound, ENDPOINT, findings);
        bound.at(ENDPOINT, URI.class)
                .filter(url -> url.getRawQuery() != null || url.getRawFragment() != null)
                .ifPresent(url -> findings.add(ENDPOINT, Code.NOT_ALLOWED, "must end before any ? or #"));
        bound.at(BUCKET, String.class)
                .filter(bucket -> bucket.contains("..")
                        || bucket.contains(".-")
                        || bucket.contains("-.")
                        || IPV4.matcher(bucket).matches())
                .ifPresent(bucket -> findings.add(
                        BUCKET, Code.MALFORMED, Texts.shown(bucket) + " is a name that S3 refuses for buckets"));
    }
}
