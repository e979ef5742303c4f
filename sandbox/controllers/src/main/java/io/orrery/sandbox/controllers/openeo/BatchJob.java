package io.orrery.sandbox.controllers.openeo;

import io.orrery.sandbox.controllers.kubelet.Exit;
import io.orrery.sandbox.controllers.kubelet.PodContext;
import io.orrery.sandbox.controllers.kubelet.Running;
import io.orrery.sandbox.controllers.kubelet.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * openEO's batch job, openeo_batch.py: reads its specification from the bucket, takes its time, writes an asset and its
 * metadata. Ends with 1, and the reason in its log, if the specification is not there or of no use.
 */
public final class BatchJob implements Workload {

    static final String PROGRAM = "openeo_batch.py";

    private static final Executor VIRTUAL = Thread::startVirtualThread;
    private static final String ASSET = "result.json";

    private final Duration usual;

    /** A job that says nothing else runs for this time. */
    public BatchJob(Duration usual) {
        this.usual = usual;
    }

    private record Prepared(JobBucket bucket, JobSpecification job, JobBehaviour behaviour) {}

    @Override
    public Running start(PodContext context) {
        var exited = new CompletableFuture<Exit>();
        var unused = CompletableFuture.supplyAsync(() -> prepare(context), VIRTUAL)
                .whenComplete((prepared, failure) -> {
                    if (failure != null) {
                        fail(context, failure, exited);
                    } else {
                        run(context, prepared, exited);
                    }
                });
        return Running.of(exited);
    }

    private Prepared prepare(PodContext context) {
        try {
            var arguments = context.argumentsAfter(PROGRAM);
            if (arguments.size() < 4) {
                throw new StartFailure("usage: " + PROGRAM
                        + " <job specification> <job directory> <output file> <metadata file> ..., given "
                        + arguments.size());
            }
            var bucket = JobBucket.of(context.env());
            context.log().line("INFO Reading " + bucket.uri(key(arguments.getFirst())));
            var job = specification(bucket, key(arguments.getFirst()));
            var behaviour = JobBehaviour.of(context.pod().getMetadata().getAnnotations(), job, usual);
            return new Prepared(bucket, job, behaviour);
        } catch (StartFailure e) {
            throw new CompletionException(e);
        }
    }

    private static JobSpecification specification(JobBucket bucket, String key) throws StartFailure {
        try {
            return JobSpecification.read(bucket.read(key));
        } catch (SdkException e) {
            bucket.close();
            throw new StartFailure("Could not read " + bucket.uri(key), e);
        } catch (StartFailure e) {
            bucket.close();
            throw e;
        }
    }

    /** The time is taken on the pod's timers; what follows waits for S3, and so has a thread of its own. */
    private static void run(PodContext context, Prepared prepared, CompletableFuture<Exit> exited) {
        context.log().line("INFO Running " + String.join(", ", prepared.job().processIds()));
        var wait = CompletableFuture.delayedExecutor(
                prepared.behaviour().duration().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, VIRTUAL);
        var work = CompletableFuture.runAsync(() -> finish(context, prepared), wait)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        fail(context, failure, exited);
                    } else {
                        exited.complete(prepared.behaviour().exit());
                    }
                });
        // Stopped before its time: what has not begun never will.
        var unused = exited.whenComplete((exit, failure) -> {
            work.cancel(false);
            prepared.bucket().close();
        });
    }

    private static void finish(PodContext context, Prepared prepared) {
        var exit = prepared.behaviour().exit();
        if (exit.code() != 0) {
            context.log().line("ERROR batch job ends with exit code " + exit.code() + ", as it was told");
            return;
        }
        var arguments = context.argumentsAfter(PROGRAM);
        var folder = key(arguments.get(1));
        var bucket = prepared.bucket();
        var asset = folder + "/" + ASSET;
        bucket.write(asset, result(prepared.job().processIds()), "application/json");
        bucket.write(
                folder + "/" + arguments.get(3),
                JobMetadata.of(prepared.job(), ASSET, bucket.uri(asset)),
                "application/json");
        context.log().line("INFO Wrote " + bucket.uri(asset) + " and " + arguments.get(3));
    }

    private static byte[] result(List<String> processes) {
        return ("{\"processes\":[\"" + String.join("\",\"", processes) + "\"]}").getBytes(StandardCharsets.UTF_8);
    }

    private static void fail(PodContext context, Throwable failure, CompletableFuture<Exit> exited) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        context.log().line("ERROR " + (cause instanceof StartFailure ? cause.getMessage() : cause.toString()));
        exited.complete(Exit.error(1));
    }

    private static String key(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
