package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final long LARGEST = 20 * 1024 * 1024;

    @Test
    void isAnArrayOfTheJobs() throws IOException {
        assertThat(written(Answer.array(jobs(2, 1), LARGEST)))
                .isEqualTo("[{\"n\":0,\"x\":\"x\"},{\"n\":1,\"x\":\"x\"}]");
        assertThat(written(Answer.array(List.of(), LARGEST))).isEqualTo("[]");
    }

    @Test
    void isAPageOfThemWithThePagesAround() throws IOException {
        assertThat(written(Answer.page(jobs(1, 1), new Paging(1, 4), LARGEST)))
                .isEqualTo("{\"jobs\":[{\"n\":0,\"x\":\"x\"}],"
                        + "\"pagination\":{\"previous\":{\"size\":1,\"page\":3},\"next\":{\"size\":1,\"page\":5}}}");
        assertThat(written(Answer.page(List.of(), new Paging(1, 4), LARGEST)))
                .isEqualTo("{\"jobs\":[],\"pagination\":{}}");
    }

    @Test
    void isWholeAlsoWhereMostOfItIsNotKept() throws IOException {
        var jobs = jobs(18, 1024 * 1024);

        var again = Samples.json("{\"all\":" + written(Answer.array(jobs, LARGEST)) + "}")
                .get("all");

        assertThat(again.valueStream().map(ObjectNode.class::cast)).containsExactlyElementsOf(jobs);
    }

    @Test
    void refusesToBeLargerThanItMay() {
        assertThatThrownBy(() -> Answer.array(jobs(20, 1024 * 1024), LARGEST))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage("the answer would be larger than 20 MiB:"
                        + " ask for fewer fields (_source), or for pages (/jobs/search/paginated)");
    }

    private static List<ObjectNode> jobs(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(n -> Samples.json("{}").put("n", n).put("x", "x".repeat(size)))
                .toList();
    }

    private static String written(Answer answer) throws IOException {
        var out = new ByteArrayOutputStream();
        answer.write(out);
        return out.toString(UTF_8);
    }
}
