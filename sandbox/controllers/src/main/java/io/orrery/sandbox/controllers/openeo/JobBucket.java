package io.orrery.sandbox.controllers.openeo;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket that a batch job reads and writes, found by the variables that openEO's jobs know it by. */
final class JobBucket implements AutoCloseable {

    private final S3Client s3;
    private final String name;

    private JobBucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
    }

    static JobBucket of(Map<String, String> env) throws StartFailure {
        var endpoint = first(env, "SWIFT_URL")
                .or(() -> first(env, "AWS_S3_ENDPOINT").map(host -> withScheme(host, env.get("AWS_HTTPS"))))
                .orElseThrow(() -> new StartFailure("No S3 endpoint: neither SWIFT_URL nor AWS_S3_ENDPOINT is set"));
        var id = first(env, "SWIFT_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID")
                .orElseThrow(() -> new StartFailure("No S3 keys: AWS_ACCESS_KEY_ID is not set"));
        var secret = first(env, "SWIFT_SECRET_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY")
                .orElseThrow(() -> new StartFailure("No S3 keys: AWS_SECRET_ACCESS_KEY is not set"));
        var s3 = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(first(env, "AWS_REGION").orElse("RegionOne")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .forcePathStyle(true)
                .build();
        return new JobBucket(s3, first(env, "SWIFT_BUCKET").orElse("OpenEO-data"));
    }

    private static Optional<String> first(Map<String, String> env, String... names) {
        for (var name : names) {
            if (env.get(name) != null && !env.get(name).isEmpty()) {
                return Optional.of(env.get(name));
            }
        }
        return Optional.empty();
    }

    private static String withScheme(String endpoint, String https) {
        if (endpoint.contains("://")) {
            return endpoint;
        }
        var secure = https != null && !"FALSE".equalsIgnoreCase(https) && !"NO".equalsIgnoreCase(https);
        return (secure ? "https://" : "http://") + endpoint;
    }

    byte[] read(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray();
    }

    void write(String key, byte[] bytes, String type) {
        s3.putObject(request -> request.bucket(name).key(key).contentType(type), RequestBody.fromBytes(bytes));
    }

    String uri(String key) {
        return "s3://" + name + "/" + key;
    }

    @Override
    public void close() {
        s3.close();
    }
}
