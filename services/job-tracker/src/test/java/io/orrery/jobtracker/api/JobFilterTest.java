package io.orrery.jobtracker.api;

import static io.orrery.jobtracker.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.model.Job;
import io.orrery.reconciler.rest.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFilterTest {

    /** Of anna, made at 11:00 on New Year's Day, with "Sentinel-2 of May" as its title. */
    private final Job job =
            Job.created(Samples.job("j-ABC", "demo", "anna").put("description", "Über alles"), NOON, "openeo-demo");

    private final JobFilter filter = new JobFilter();

    @Test
    void withoutAnythingEveryJobMatches() {
        assertThat(filter.matching()).accepts(job);
    }

    @Test
    void everythingThatIsGivenMustMatch() {
        filter.user = "anna";
        filter.status = List.of("created");
        filter.text = "sentinel";
        filter.createdFrom = "2026-01-01";
        assertThat(filter.matching()).accepts(job);

        filter.user = "bob";
        assertThat(filter.matching()).rejects(job);
    }

    @Test
    void oneOfTheStatusesIsEnough() {
        filter.status = List.of("running", "created");
        assertThat(filter.matching()).accepts(job);
        filter.status = List.of("running", "queued");
        assertThat(filter.matching()).rejects(job);
    }

    @Test
    void textIsLookedForInIdTitleAndDescriptionInWhateverCase() {
        for (var text : List.of("j-abc", "OF MAY", "über")) {
            filter.text = text;
            assertThat(filter.matching()).as(text).accepts(job);
        }
        filter.text = "anna";
        assertThat(filter.matching()).rejects(job);
    }

    @Test
    void aTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
        filter.createdFrom = "2026-01-01T11:00:00Z";
        filter.createdTo = "2026-01-01T12:00:01+01:00";
        filter.updatedFrom = "2026-01-01";
        assertThat(filter.matching()).accepts(job);
        filter.createdTo = "2026-01-01T11:00:00Z";
        assertThat(filter.matching()).rejects(job);
        filter.createdTo = null;
        filter.updatedTo = "2026-01-01";
        assertThat(filter.matching()).rejects(job);
    }

    @Test
    void refusesWhatIsNoStatusAndNoDate() {
        filter.status = List.of("lost");
        assertThatThrownBy(filter::matching)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("lost");
        filter.status = List.of();
        filter.updatedTo = "tomorrow";
        assertThatThrownBy(filter::matching)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("updatedTo");
    }
}
