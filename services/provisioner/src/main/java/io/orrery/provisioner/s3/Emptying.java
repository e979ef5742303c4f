package io.orrery.provisioner.s3;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Takes everything out of a bucket: uploads that were never finished, all versions with their marks of deletion, objects. */
final class Emptying {

    /** What services answer that have no versions or no multipart uploads. */
    private static final Set<Integer> UNKNOWN = Set.of(400, 405, 501);

    private final S3Client client;
    private final String bucket;

    Emptying(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    void run() {
        whereKnown(this::abortUploads);
        whereKnown(this::deleteVersions);
        deleteObjects();
    }

    private void abortUploads() {
        client.listMultipartUploadsPaginator(request -> request.bucket(bucket))
                .uploads()
                .forEach(upload -> client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    }

    private void deleteVersions() {
        for (var page : client.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
            delete(Stream.concat(
                            page.versions().stream().map(version -> identifier(version.key(), version.versionId())),
                            page.deleteMarkers().stream().map(mark -> identifier(mark.key(), mark.versionId())))
                    .toList());
        }
    }

    private void deleteObjects() {
        for (var page : client.listObjectsV2Paginator(request -> request.bucket(bucket))) {
            delete(page.contents().stream()
                    .map(object -> identifier(object.key(), null))
                    .toList());
        }
    }

    /** @throws CloudException if the service leaves one of them: it says so within a 200 */
    private void delete(List<ObjectIdentifier> these) {
        if (these.isEmpty()) {
            return;
        }
        var answer = client.deleteObjects(request ->
                request.bucket(bucket).delete(all -> all.objects(these).quiet(true)));
        answer.errors().stream().findFirst().ifPresent(error -> {
            throw new CloudException(
                    Sort.UNSURE, "S3 does not delete " + error.key() + " from " + bucket + ": " + error.message());
        });
    }

    /** What was written before versions were kept has the version "null". */
    private static ObjectIdentifier identifier(String key, String version) {
        var known = version != null && !version.equals("null") && !version.isEmpty();
        return ObjectIdentifier.builder()
                .key(key)
                .versionId(known ? version : null)
                .build();
    }

    private static void whereKnown(Runnable work) {
        try {
            work.run();
        } catch (S3Exception e) {
            if (!UNKNOWN.contains(e.statusCode())) {
                throw e;
            }
        }
    }
}
