package io.orrery.jobtracker.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.model.Job;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobCodecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1E-400",
                "0.1000",
                "123456789012345678901234567890",
                "0.12345678901234567890123456789",
                "1e999999999"
            })
    void keepsANumberThatNoDoubleHolds(String number) {
        var document = JobCodec.readPosted(("{\"costs\": " + number + "}").getBytes(UTF_8));

        var again = JobCodec.readDocument(JobCodec.write(document));

        assertThat(again).isEqualTo(document);
        assertThat(again.get("costs").decimalValue()).isEqualTo(new BigDecimal(number));
    }

    @Test
    void readsSomeFieldsOfADocumentWithWhatFollowsIt() {
        var text =
                "{\"title\": null, \"process\": {\"costs\": [{}]}, \"costs\": 0.1000, \"links\": [1, {\"a\": 2}]} rest";
        var end = text.lastIndexOf(' ');

        assertThat(JobCodec.readFields(text.getBytes(UTF_8), end, Set.of("costs", "links", "title", "absent")))
                .hasToString("{\"title\":null,\"costs\":0.1000,\"links\":[1,{\"a\":2}]}");
        assertThat(JobCodec.readFields(text.getBytes(UTF_8), end, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "NaN", "Infinity", "01", "+1", "0x10"})
    void refusesWhatIsNoNumberOrOneThatCannotBeKept(String number) {
        assertRefused(("{\"costs\": " + number + "}").getBytes(UTF_8), "the body");
    }

    @Test
    void refusesANumberOfTooManyDigits() {
        assertRefused(("{\"costs\": " + "1".repeat(501) + "}").getBytes(UTF_8), "no JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\": \"\u00ff\"}",
                "{\"title\": \"\u00c0\u00af\"}",
                "{\"title\": \"\u00ed\u00a0\u0080\"}",
                "{\"title\": \"\u00f4\u0090\u0080\u0080\"}",
                "{\"title\": \"\u00c3\"}"
            })
    void refusesBytesThatAreNoUtf8(String bytes) {
        assertRefused(bytes.getBytes(ISO_8859_1), "not in UTF-8");
    }

    @Test
    void refusesOtherEncodings() {
        assertRefused("{}".getBytes(UTF_16), "not in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "\"{}\"", "null"})
    void refusesWhatIsNoObject(String body) {
        assertRefused(body.getBytes(UTF_8), "no JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{} {}", "{'a': 1}", "{\"a\": 1,}", "{\"title\": \"a\", \"title\": \"b\"}"})
    void refusesWhatIsNotOneWellFormedDocument(String body) {
        assertRefused(body.getBytes(UTF_8), "no JSON: ");
    }

    @Test
    void refusesTheSameKeyTwiceHoweverDeep() {
        assertRefused("{\"usage\": {\"cpu\": 1, \"cpu\": 2}}".getBytes(UTF_8), "Duplicate");
    }

    @Test
    void whatIsJustDeepEnoughCanBeStoredAndReadAgain() throws IOException {
        var document = Samples.job("j-1", "demo", "anna");
        document.set("results_metadata", nested(499));
        var posted = JobCodec.readPosted(document.toString().getBytes(UTF_8));
        var job = Job.created(posted, Samples.NOON, "openeo-demo");

        assertThat(JobCodec.read(JobCodec.write(job))).isEqualTo(job);
        document.set("results_metadata", nested(500));
        assertRefused(document.toString().getBytes(UTF_8), "nesting depth");
    }

    private static JsonNode nested(int depth) {
        return Samples.json("{\"x\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1));
    }

    private static void assertRefused(byte[] body, String reason) {
        assertThatThrownBy(() -> JobCodec.readPosted(body))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(reason);
    }
}
