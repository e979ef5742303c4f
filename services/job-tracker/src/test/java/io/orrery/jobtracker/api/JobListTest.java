package io.orrery.jobtracker.api;

import static io.orrery.jobtracker.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.model.Job;
import io.orrery.reconciler.rest.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobListTest {

    @Test
    void sortsByEachFieldInBothDirections() {
        var jobs = List.of(
                job("j-1", "bob", "b", "2026-01-01T10:00:00Z"),
                job("j-2", "anna", "c", "2026-01-01T11:00:00.500Z"),
                job("j-3", "carl", "a", "2026-01-01T12:00:00+01:00"));

        assertThat(ids(JobList.of("created", null, 10).page(jobs.stream()))).containsExactly("j-1", "j-3", "j-2");
        assertThat(ids(JobList.of("-created", null, 10).page(jobs.stream()))).containsExactly("j-2", "j-3", "j-1");
        assertThat(ids(JobList.of("user", null, 10).page(jobs.stream()))).containsExactly("j-2", "j-1", "j-3");
        assertThat(ids(JobList.of("-title", null, 10).page(jobs.stream()))).containsExactly("j-2", "j-1", "j-3");
        assertThat(ids(JobList.of("status", null, 10).page(jobs.stream()))).containsExactly("j-1", "j-2", "j-3");
    }

    @Test
    void pagesShowEveryJobOnceAlsoWhenOthersComeAndGoMeanwhile() {
        var jobs = new ArrayList<>(IntStream.range(0, 25)
                .mapToObj(it -> job("j-" + (100 + it), "anna", "same", "2026-01-01T10:00:" + (10 + it / 5) + "Z"))
                .toList());
        var seen = new ArrayList<String>();
        String after = null;
        for (int round = 0; round < 3; round++) {
            var page = JobList.of("-created", after, 10).page(jobs.stream());
            seen.addAll(ids(page));
            after = page.next().orElse(null);
            jobs.add(job("j-new-" + round, "anna", "newer", "2026-01-02T10:00:00Z"));
            jobs.removeIf(job -> job.id().equals(seen.getFirst()));
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().noneMatch(id -> id.startsWith("j-new"));
        assertThat(after).isNull();
    }

    @Test
    void saysHowManyThereAre() {
        var page = JobList.of("created", null, 1)
                .page(List.of(
                        job("j-1", "anna", "a", "2026-01-01T10:00:00Z"),
                        job("j-2", "anna", "a", "2026-01-01T10:00:00Z"))
                        .stream());

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.next()).isPresent();
        assertThat(JobList.of("created", page.next().get(), 1)
                        .page(List.<Job>of().stream())
                        .next())
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoFieldNoCursorAndNoSize() {
        assertRefused(() -> JobList.of("colour", null, 10));
        assertRefused(() -> JobList.of("created", "?", 10));
        assertRefused(() -> JobList.of("created", "YWJj", 10));
        assertRefused(() -> JobList.of("created", null, 0));
        assertRefused(() -> JobList.of("created", null, 1_000_000));
    }

    private static void assertRefused(Runnable made) {
        assertThatThrownBy(made::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.status())
                .isEqualTo(400));
    }

    private static List<String> ids(JobView.Page page) {
        return page.jobs().stream().map(JobView::id).toList();
    }

    private static Job job(String id, String user, String title, String created) {
        return Job.created(
                Samples.job(id, "demo", user).put("title", title).put("created", created), NOON, "openeo-demo");
    }
}
