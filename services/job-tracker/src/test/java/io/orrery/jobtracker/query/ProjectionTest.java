package io.orrery.jobtracker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.orrery.jobtracker.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {

    private static final String DOCUMENT = """
            {"job_id": "J", "title": null, "usage": {"cpu": {"value": 7, "unit": "s"}, "memory": {"value": 8}},
             "links": [{"href": "a", "rel": "self"}, {"rel": "next"}, "odd"], "dependencies": []}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "job_id title           | {'job_id':'J','title':null}",
                "title job_id absent    | {'job_id':'J','title':null}",
                "usage                  | {'usage':{'cpu':{'value':7,'unit':'s'},'memory':{'value':8}}}",
                "usage.cpu              | {'usage':{'cpu':{'value':7,'unit':'s'}}}",
                "usage.*.value          | {'usage':{'cpu':{'value':7},'memory':{'value':8}}}",
                "links.href             | {'links':[{'href':'a'}]}",
                "job_id.more            | {}",
                "*_id                   | {'job_id':'J'}",
                "*value                 | {'usage':{'cpu':{'value':7},'memory':{'value':8}}}",
                "us*.cpu.unit           | {'usage':{'cpu':{'unit':'s'}}}",
                "dep*                   | {'dependencies':[]}"
            })
    void showsWhatIsNamed(String names, String shown) {
        var projection = Projection.of(List.of(names.trim().split(" +")));

        assertThat(projection.of(Samples.json(DOCUMENT))).isEqualTo(Samples.json(shown.replace('\'', '"')));
    }

    @Test
    void aStarAmongOtherNamesShowsEverything() {
        var document = Samples.json(DOCUMENT);

        assertThat(Projection.of(List.of("status", "*", "job_id")).of(document)).isEqualTo(document);
    }

    @Test
    void knowsWhetherItNeedsAField() {
        assertThat(Projection.of(List.of("job_id")).touches("process")).isFalse();
        assertThat(Projection.of(List.of("process.process_graph")).touches("process"))
                .isTrue();
        assertThat(Projection.of(List.of("*")).touches("process")).isTrue();
        assertThat(Projection.of(List.of("proc*.arguments")).touches("process")).isTrue();
        assertThat(Projection.of(List.of("usage*", "processes.x")).touches("process"))
                .isFalse();
    }

    @Test
    void knowsWhichFieldsItNeedsUnlessAPatternNamesThem() {
        assertThat(Projection.of(List.of("job_id", "usage.cpu")).fields().orElseThrow())
                .contains("job_id", "usage")
                .doesNotContain("title");
        assertThat(Projection.of(List.of("job_id", "us*")).fields()).isEmpty();
    }

    @Test
    void refusesAPatternThatIsLongerThanAnyName() {
        var source =
                Samples.json("{\"_source\": [\"" + "*a".repeat(200) + "\"]}").get("_source");

        assertThatThrownBy(() -> Projection.of(source))
                .isInstanceOf(QueryException.class)
                .hasMessage("names of fields have at most 256 characters");
    }

    @Test
    void anEmptySourceShowsEverythingAsWithElasticsearch() {
        var document = Samples.json(DOCUMENT);

        assertThat(Projection.of(Samples.json("{\"_source\": []}").get("_source"))
                        .of(document))
                .isEqualTo(document);
    }

    @Test
    void aPatternMadeToBeSlowIsNot() {
        var pattern = "*a".repeat(2_000) + "b";

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Glob.matches(pattern, "a".repeat(100_000))))
                .isFalse();
    }
}
