package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.jobtracker.model.Iso8601;
import io.orrery.jobtracker.model.Job;
import io.orrery.reconciler.rest.ProblemException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A page of jobs in the order that was asked for. A page goes on after the last job of the one before, not at a number,
 * so that jobs that come meanwhile neither show twice nor push another out.
 */
final class JobList {

    private static final int LARGEST_PAGE = 1_000;
    private static final DateTimeFormatter FIXED_WIDTH = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What jobs can be sorted by, as text in the order of which they then stand. */
    private static final Map<String, Function<Job, String>> FIELDS = Map.of(
            "created", job -> moment(job, "created"),
            "updated", job -> moment(job, "updated"),
            "status", job -> job.status().word(),
            "user", Job::userId,
            "title", job -> job.text("title").orElse(""));

    /** Where a job stands in the list. */
    private record Place(String value, String id) {}

    private record Entry(Place place, Job job) {}

    private final Function<Job, String> field;
    private final Comparator<Place> order;
    private final Optional<Place> after;
    private final int limit;

    private JobList(Function<Job, String> field, Comparator<Place> order, Optional<Place> after, int limit) {
        this.field = field;
        this.order = order;
        this.after = after;
        this.limit = limit;
    }

    /**
     * @param sort a field, with {@code -} before it for the greatest first
     * @param after the cursor of the page before, or null
     * @throws ProblemException 400 if one of them is not as it should be
     */
    static JobList of(String sort, String after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new ProblemException(400, "Bad limit", "limit must lie between 1 and " + LARGEST_PAGE);
        }
        var descending = sort.startsWith("-");
        var word = descending ? sort.substring(1) : sort;
        var field = Optional.ofNullable(FIELDS.get(word))
                .orElseThrow(() -> new ProblemException(
                        400, "Bad sort", "jobs are sorted by created, updated, status, user or title, not by " + word));
        var byValue = Comparator.comparing(Place::value);
        var order = (descending ? byValue.reversed() : byValue).thenComparing(Place::id);
        return new JobList(field, order, Optional.ofNullable(after).map(JobList::place), limit);
    }

    JobView.Page page(Stream<Job> jobs) {
        var all = jobs.map(job -> new Entry(new Place(field.apply(job), job.id()), job))
                .sorted(Comparator.comparing(Entry::place, order))
                .toList();
        var rest = all.stream()
                .filter(entry -> after.isEmpty() || order.compare(entry.place, after.get()) > 0)
                .limit(limit + 1L)
                .toList();
        var shown = rest.subList(0, Math.min(limit, rest.size()));
        var next = rest.size() > limit ? Optional.of(cursor(shown.getLast().place)) : Optional.<String>empty();
        return new JobView.Page(
                shown.stream().map(entry -> JobView.of(entry.job)).toList(), all.size(), next);
    }

    private static String moment(Job job, String field) {
        return job.text(field)
                .flatMap(Iso8601::instant)
                .map(FIXED_WIDTH::format)
                .orElse("");
    }

    private static String cursor(Place place) {
        var both = place.id + "\n" + place.value;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(both.getBytes(UTF_8));
    }

    private static Place place(String cursor) {
        try {
            var both = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("\n", 2);
            return new Place(both[1], both[0]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new ProblemException(400, "Bad cursor", "after is not the next of another page");
        }
    }
}
