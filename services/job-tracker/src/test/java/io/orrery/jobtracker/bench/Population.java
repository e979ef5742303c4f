package io.orrery.jobtracker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The jobs of a platform that is used a lot, the same ones in every run: those of 90 days, of users some of whom have
 * very many. Most are over; {@value #ACTIVE} run or wait, and 2 of 100 were made and never started. A process graph
 * takes some 4 KB, of which there are ten times larger ones.
 *
 * @param jobs how many; at least {@value #FEWEST}, or the active ones would be older than the tracker looks back
 * @param now when the newest was made
 */
record Population(String backend, int jobs, Instant now) {

    static final int ACTIVE = 500;

    private static final int FEWEST = 10_000;

    /** Of so many all may be asked for. */
    static final int ASKED_FOR = 2_000;

    private static final Duration SPAN = Duration.ofDays(89);
    private static final int JOBS_OF_A_USER = 50;
    private static final JsonMapper JSON = new JsonMapper();

    Population {
        if (jobs < FEWEST) {
            throw new IllegalArgumentException("fewer than " + FEWEST + " jobs: " + jobs);
        }
    }

    /** Who made the job: the n-th of the users has made an n-th of what the first one has. */
    String user(int number) {
        var users = Math.max(1, jobs / JOBS_OF_A_USER);
        var rank = (int) Math.pow(users, random(number).nextDouble());
        return userAt(rank);
    }

    /** The user with the most jobs. */
    String busiest() {
        return userAt(1);
    }

    private static String userAt(int rank) {
        return "%08x-3c5e-4b7f-9a1d-%012x@egi.eu".formatted(rank * 0x9E3779B9, rank * 0x5851F42DL);
    }

    /** Whether all of this job may be asked for; of others only what is small. */
    boolean isAskedFor(int number) {
        return number % (jobs / ASKED_FOR) == 0;
    }

    /** The number of a job of which all may be asked for, another one for nearly every n. */
    int askedFor(int n) {
        return Math.floorMod(n * 7919, ASKED_FOR) * (jobs / ASKED_FOR);
    }

    /** As the driver makes ids: the time, and 20 hex digits. */
    String id(int number) {
        var random = random(-1 - number);
        return "j-2601%08d%08x%012x".formatted(number, random.nextInt(), random.nextLong() >>> 16);
    }

    /** The document as the web app posts it. */
    ObjectNode posted(int number) {
        var random = random(number);
        var created = created(number).toString();
        var document = JSON.createObjectNode()
                .put("job_id", id(number))
                .put("backend_id", backend)
                .put("user_id", user(number))
                .put("title", "Monthly composites of tile %06x, cloud-free".formatted(random.nextInt(1 << 24)))
                .put("status", "created")
                .put("created", created)
                .put("updated", created)
                .put("api_version", "1.2.0")
                .putNull("application_id");
        document.putObject("job_options")
                .put("driver-memory", "4g")
                .put("executor-memory", "3g")
                .put("executor-memoryOverhead", "2g")
                .put("executor-cores", 2)
                .put("max-executors", 20)
                .put("log_level", "info");
        graph(document.putObject("process").putObject("process_graph"), random);
        return document;
    }

    /** From 1 to 40 KB. */
    private static void graph(ObjectNode graph, Random random) {
        var steps = 5 + (int) (5 * Math.exp(random.nextGaussian()));
        for (var step = 0; step < Math.min(steps, 120); step++) {
            var node = graph.putObject("filterspatial" + step).put("process_id", "filter_spatial");
            var arguments = node.putObject("arguments");
            arguments.putObject("data").put("from_node", "filterspatial" + (step - 1));
            var geometry = arguments.putObject("geometries").put("type", "Polygon");
            ring(geometry.putArray("coordinates").addArray(), random);
        }
    }

    private static void ring(ArrayNode ring, Random random) {
        for (var corner = 0; corner < 5; corner++) {
            ring.addArray().add(5 + random.nextInt(1 << 20) / 1e6).add(50 + random.nextInt(1 << 20) / 1e6);
        }
    }

    /** The job with what has become of it, which everybody has been told of: how fast that goes is not what is measured. */
    Job job(int number) {
        var document = posted(number);
        var history = new ArrayList<>(
                List.of(new Transition(JobStatus.CREATED, created(number), "openeo", 0, Optional.empty())));
        for (var status : fate(number)) {
            var at = history.getLast().at().plusSeconds(60 + random(number).nextInt(600));
            history.add(new Transition(status, at, "tracker", 0, Optional.empty()));
            become(document, id(number), status, at);
        }
        return new Job(document, history, Optional.empty());
    }

    /** What the web app says of a job that it has submitted. */
    ObjectNode queued(int number) {
        var patch = JSON.createObjectNode();
        become(patch, id(number), JobStatus.QUEUED, now);
        return patch;
    }

    private List<JobStatus> fate(int number) {
        if (number >= jobs - ACTIVE) {
            return number % 2 == 0 ? List.of(JobStatus.QUEUED) : List.of(JobStatus.QUEUED, JobStatus.RUNNING);
        }
        var luck = random(number).nextInt(100);
        if (luck < 2) {
            return List.of();
        }
        var end = luck < 15 ? JobStatus.ERROR : luck < 18 ? JobStatus.CANCELED : JobStatus.FINISHED;
        return List.of(JobStatus.QUEUED, JobStatus.RUNNING, end);
    }

    /** What the web app and the tracker say of a job with its status. */
    private static void become(ObjectNode document, String id, JobStatus status, Instant at) {
        document.put("status", status.word()).put("updated", at.toString());
        switch (status) {
            case QUEUED ->
                document.put("application_id", "job-" + id.substring(2))
                        .put("results_metadata_uri", "s3://openeo-data/batch_jobs/" + id + "/job_metadata.json");
            case RUNNING -> document.put("started", at.toString());
            case FINISHED -> {
                document.put("finished", at.toString()).put("costs", 4.25).put("input_pixel", 1048576.0);
                var usage = document.putObject("usage");
                usage.putObject("cpu").put("value", 3521.5).put("unit", "cpu-seconds");
                usage.putObject("memory").put("value", 10485760.0).put("unit", "mb-seconds");
                usage.putObject("duration").put("value", 421.0).put("unit", "seconds");
                usage.putObject("input_pixel").put("value", 1048576.0).put("unit", "mega-pixel");
                usage.putObject("max_executor_memory").put("value", 2.7).put("unit", "gb");
            }
            case CREATED, ERROR, CANCELED -> document.put("finished", at.toString());
        }
    }

    private Instant created(int number) {
        var age = SPAN.multipliedBy(Math.max(0, jobs - number)).dividedBy(jobs);
        return now.minus(age).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Random random(int number) {
        var random = new Random(number * 0x9E3779B97F4A7C15L);
        random.nextInt();
        return random;
    }
}
