package io.orrery.monitoring.model;

import java.net.URI;

/**
 * The Spark History Server of a platform, as wished for.
 *
 * @param endpoint of the S3 service, as pods reach it
 * @param bucket where Spark's drivers write their event logs, under {@link #LOGS}
 * @param image one that holds Spark
 * @param owner the platform's uid, which marks what is ours
 */
public record HistoryServer(
        String namespace,
        String image,
        URI endpoint,
        String region,
        String bucket,
        String accessKey,
        String secretKey,
        String owner) {

    public static final String NAME = "spark-history-server";
    public static final String LOGS = "spark-events";
    public static final int PORT = 18080;

    /** Never the keys. */
    @Override
    public String toString() {
        return "HistoryServer[" + namespace + ", s3a://" + bucket + "/" + LOGS + "]";
    }
}
