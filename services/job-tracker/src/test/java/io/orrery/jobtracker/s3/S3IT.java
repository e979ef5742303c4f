package io.orrery.jobtracker.s3;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.Foundation.Bucket;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.reconcile.Results;
import io.orrery.jobtracker.registry.BodyStore.Kept;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(BackboneExtension.class)
class S3IT {

    private final String bucket = "b-" + UUID.randomUUID();
    private Place place;

    @BeforeEach
    void aBucket(TestBackbone backbone) {
        var s3 = backbone.s3();
        place = new Place(s3.endpoint(), "", bucket, s3.accessKey(), s3.secretKey());
        try (var client = client()) {
            client.createBucket(it -> it.bucket(bucket));
        }
    }

    @Test
    void keepsBodiesUntilTheyAreDeleted() {
        try (var bodies = new S3Bodies(place)) {
            bodies.put("jobs/a/1/x", "one".getBytes(UTF_8));
            bodies.put("jobs/a/2/y", "two".repeat(100_000).getBytes(UTF_8));
            bodies.put("jobs/b/1/x", "three".getBytes(UTF_8));

            assertThat(bodies.get("jobs/a/2/y").orElseThrow()).asString(UTF_8).isEqualTo("two".repeat(100_000));
            assertThat(bodies.get("jobs/b/1/x", 2, 2).orElseThrow())
                    .asString(UTF_8)
                    .isEqualTo("re");
            assertThat(bodies.list("jobs/a/")).extracting(Kept::key).containsExactly("jobs/a/1/x", "jobs/a/2/y");
            bodies.delete("jobs/a/1/x");
            bodies.delete("jobs/a/1/x");
            bodies.deleteAll("jobs/a/");

            assertThat(bodies.get("jobs/a/2/y")).isEmpty();
            assertThat(bodies.list("jobs/")).extracting(Kept::key).containsExactly("jobs/b/1/x");
        }
    }

    @Test
    void readsResultsWhereTheJobSaysOrWhereJobsUsuallyLeaveThem() throws Exception {
        put("batch_jobs/j-1/job_metadata.json", "{\"epsg\": 1}");
        put("elsewhere/meta.json", "{\"epsg\": 2}");
        var document = job("j-1", "demo", "anna");
        try (var results = results()) {
            assertThat(results.metadata(created(document.deepCopy()))).contains(json("{\"epsg\": 1}"));
            document.put("results_metadata_uri", "s3://" + bucket + "/elsewhere/meta.json");
            assertThat(results.metadata(created(document))).contains(json("{\"epsg\": 2}"));
        }
    }

    @Test
    void findsNothingWhereNothingIsAndSaysSoWhenNobodyAnswers() throws Exception {
        try (var results = results()) {
            assertThat(results.metadata(created(job("j-2", "demo", "anna")))).isEmpty();
        }
        var nowhere = new Place(URI.create("http://127.0.0.1:1"), "", bucket, "key", "secret");
        try (var results = new S3Results(nowhere)) {
            assertThatThrownBy(() -> results.metadata(created(job("j-2", "demo", "anna"))))
                    .isInstanceOf(Results.UnreachableException.class);
        }
    }

    private Results results() {
        var sealed = new Sealed(Purpose.S3, "digest", "ciphertext");
        return new S3Buckets()
                .open(
                        new Bucket(place.endpoint(), place.region(), bucket, sealed),
                        new S3Keys(place.accessKey(), place.secretKey()));
    }

    private void put(String key, String content) {
        try (var client = client()) {
            client.putObject(it -> it.bucket(bucket).key(key), RequestBody.fromString(content));
        }
    }

    private S3Client client() {
        return S3Clients.client(
                place.endpoint(), place.region(), place.accessKey(), place.secretKey(), Duration.ofSeconds(30));
    }

    private static Job created(ObjectNode document) {
        return Job.created(document, Samples.NOON, "openeo");
    }
}
