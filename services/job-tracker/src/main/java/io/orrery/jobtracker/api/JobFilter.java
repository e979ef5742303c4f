package io.orrery.jobtracker.api;

import io.orrery.jobtracker.model.Iso8601;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.reconciler.rest.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which jobs a person wants to see: those to which all that is given applies. */
class JobFilter {

    @RestQuery
    @Parameter(description = "the user's id")
    String user;

    @RestQuery
    @Parameter(description = "one of these statuses; may be given several times")
    List<String> status;

    @RestQuery
    @Parameter(description = "stands in the job's id, title or description, in whatever case")
    String text;

    @RestQuery
    @Parameter(description = "made at this moment or later (ISO 8601; a day alone is its beginning in UTC)")
    String createdFrom;

    @RestQuery
    @Parameter(description = "made before this moment")
    String createdTo;

    @RestQuery
    @Parameter(description = "changed at this moment or later")
    String updatedFrom;

    @RestQuery
    @Parameter(description = "changed before this moment")
    String updatedTo;

    /** @throws ProblemException 400 if a status or a date is none */
    Predicate<Job> matching() {
        return Stream.of(
                        ofUser(),
                        inStatus(),
                        aboutText(),
                        within("created", "createdFrom", createdFrom, "createdTo", createdTo),
                        within("updated", "updatedFrom", updatedFrom, "updatedTo", updatedTo))
                .reduce(job -> true, Predicate::and);
    }

    private Predicate<Job> ofUser() {
        return user == null ? job -> true : job -> job.userId().equals(user);
    }

    private Predicate<Job> inStatus() {
        if (status == null || status.isEmpty()) {
            return job -> true;
        }
        var wanted = status.stream().map(JobFilter::status).toList();
        return job -> wanted.contains(job.status());
    }

    private static JobStatus status(String word) {
        return JobStatus.find(word)
                .orElseThrow(() -> new ProblemException(400, "Bad status", "no job is ever " + word));
    }

    private Predicate<Job> aboutText() {
        if (text == null) {
            return job -> true;
        }
        var wanted = text.toLowerCase(Locale.ROOT);
        return job -> Stream.of(Optional.of(job.id()), job.text("title"), job.text("description"))
                .flatMap(Optional::stream)
                .anyMatch(it -> it.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Predicate<Job> within(String field, String fromName, String from, String toName, String to) {
        var earliest = moment(fromName, from).orElse(Instant.MIN);
        var end = moment(toName, to).orElse(Instant.MAX);
        if (from == null && to == null) {
            return job -> true;
        }
        return job -> job.text(field)
                .flatMap(Iso8601::instant)
                .filter(at -> !at.isBefore(earliest) && at.isBefore(end))
                .isPresent();
    }

    private static Optional<Instant> moment(String name, String text) {
        return text == null
                ? Optional.empty()
                : Optional.of(Iso8601.instant(text)
                        .orElseThrow(
                                () -> new ProblemException(400, "Bad date", name + " is no ISO 8601 date: " + text)));
    }
}
