package io.orrery.jobtracker.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes S3 clients as the object stores of OpenStack clouds want them: addressed by path, checksums only if required. */
final class S3Clients {

    private S3Clients() {}

    /** @param patience of one call with all its repetitions */
    static S3Client client(URI endpoint, String region, String accessKey, String secretKey, Duration patience) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region.isEmpty() ? "RegionOne" : region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(it -> it.apiCallTimeout(patience))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(3))
                        .socketTimeout(Duration.ofSeconds(20)))
                .build();
    }
}
