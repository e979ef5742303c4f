package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registry makes of requests that are wrong, hostile, or too much. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(BucketResource.class)
@QuarkusTestResource(KeysResource.class)
class RegistryBadInputIT {

    private static final long HUNDRED_MEGABYTES = 100L * 1024 * 1024;
    private static Driver driver;

    @TestHTTPResource("/")
    URI base;

    @Inject
    FactTables facts;

    @Inject
    Sealer sealer;

    @BeforeEach
    void signIn(TestBackbone backbone) throws IOException, InterruptedException {
        if (driver == null) {
            driver = Driver.ofNewPlatform(base, backbone, facts, sealer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{\"query\":{\"match_all\":{}}} and more",
                "{'query':{}}",
                "{\"costs\": NaN}"
            })
    void whatIsNotOneJsonObjectIs400(String body) throws Exception {
        for (var path : new String[] {"/jobs", "/jobs/search", "/jobs/search/paginated"}) {
            var answer = driver.post(path, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).startsWith("the body is no JSON");
        }
    }

    @Test
    void aQueryNestedTooDeeplyIs400() throws Exception {
        var nested = "{\"bool\":{\"must\":".repeat(17) + "{\"match_all\":{}}" + "}}".repeat(17);

        var answer = driver.post("/jobs/search", "{\"query\":" + nested + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("Could not query jobs: nested deeper than 16");
    }

    @Test
    void jsonNestedTooDeeplyIs400() throws Exception {
        var answer = driver.post("/jobs/search", "{\"query\":" + "[".repeat(1_000_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("nesting depth");
    }

    @Test
    void aWildcardThatWouldBeABombAsARegularExpressionIsHarmless() throws Exception {
        var job = driver.newJob();
        job.putObject("results_metadata").put("a".repeat(40_000), 1);
        var id = driver.created(job);

        var shown =
                driver.found("{'term':{'job_id':'" + id + "'}}", "job_id", "*a".repeat(127) + "b", "r*a*a*a*a*a*a*b");

        assertThat(shown.path(0)).isEqualTo(Samples.json("{\"job_id\": \"" + id + "\"}"));
    }

    @Test
    void aHundredMegabytesAreRefusedBeforeTheyAreSent() throws Exception {
        try (var wire = Wire.to(base)) {
            wire.head(post("/registry/jobs"), "Content-Length: " + HUNDRED_MEGABYTES, "Expect: 100-continue");

            assertThat(wire.status()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 104857600, false", "Transfer-Encoding: chunked, true"})
    void whoSendsAHundredMegabytesNeverthelessGetsToReadWhy(String framing, boolean chunked) throws Exception {
        try (var wire = Wire.to(base)) {
            wire.head(post("/registry/jobs"), framing, "Authorization: " + driver.bearer(), "Connection: close");
            wire.filler(HUNDRED_MEGABYTES, chunked);
            if (chunked) {
                wire.bytes("0\r\n\r\n".getBytes(UTF_8));
            }

            assertThat(wire.status()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
            assertThat(wire.rest())
                    .endsWith(
                            "{\"statusCode\":413,\"message\":\"request entity too large\",\"error\":\"Request Entity Too Large\"}");
        }
    }

    @Test
    void whoNeverStopsSendingIsCutOff() throws Exception {
        try (var wire = Wire.to(base)) {
            wire.head(post("/registry/jobs"), "Transfer-Encoding: chunked", "Authorization: " + driver.bearer());

            assertThatIOException().isThrownBy(() -> wire.filler(4 * HUNDRED_MEGABYTES, true));
        }
    }

    @Test
    void slowRequestsHoldNobodyElseAndEndWith408() throws Exception {
        var slow = new ArrayList<Wire>();
        try {
            // More than there are worker threads.
            for (var i = 0; i < 250; i++) {
                slow.add(Wire.to(base)
                        .head(post("/registry/jobs"), "Content-Length: 100", "Authorization: " + driver.bearer())
                        .bytes("{\"job_id\"".getBytes(UTF_8)));
            }

            driver.created();

            assertThat(slow.getLast().hasAnswer()).isFalse();
            assertThat(slow.getLast().status()).isEqualTo("HTTP/1.1 408 Request Timeout");
            assertThat(slow.getLast().rest()).contains("the body has not arrived within");
        } finally {
            for (var wire : slow) {
                wire.close();
            }
        }
    }

    @Test
    void whoNeverEndsTheHeadOfARequestIsCutOff() throws Exception {
        try (var wire = Wire.to(base)) {
            wire.bytes((post("/registry/jobs") + "\r\nHost: registry\r\n").getBytes(UTF_8));

            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void aSlowReaderIsCutOff() throws Exception {
        for (var i = 0; i < 2; i++) {
            driver.created(driver.newJob("user-of-much").put("description", "x".repeat(9 * 1024 * 1024)));
        }
        var query = "{\"query\":{\"term\":{\"user_id\":\"user-of-much\"}}}";
        var authorization = "Authorization: " + driver.bearer();
        try (var reader = Wire.to(base);
                var clock = Wire.to(base)) {
            reader.head(post("/registry/jobs/search"), "Content-Length: " + query.length(), authorization);
            reader.bytes(query.getBytes(UTF_8));
            assertThat(reader.status()).isEqualTo("HTTP/1.1 200 OK");

            // Both have the same time: when the body that never comes is given up, so is the answer that nobody reads.
            clock.head(post("/registry/jobs"), "Content-Length: 100", authorization);
            assertThat(clock.status()).isEqualTo("HTTP/1.1 408 Request Timeout");

            assertThat(reader.rest()).hasSizeLessThan(2 * 9 * 1024 * 1024);
        }
    }

    @Test
    void anAnswerThatWouldBeTooLargeIs400WithAdvice() throws Exception {
        for (var i = 0; i < 3; i++) {
            driver.created(driver.newJob("user-of-too-much").put("description", "x".repeat(9 * 1024 * 1024)));
        }
        var query = "{\"query\":{\"term\":{\"user_id\":\"user-of-too-much\"}}%s}";

        var refused = driver.post("/jobs/search", query.formatted(""));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message())
                .isEqualTo("the answer would be larger than 24 MiB: ask for fewer fields (_source),"
                        + " or for pages (/jobs/search/paginated)");
        assertThat(driver.post("/jobs/search", query.formatted(",\"_source\":[\"job_id\"]"))
                        .json())
                .hasSize(3);
        assertThat(driver.post("/jobs/search/paginated?size=2", query.formatted(""))
                        .json()
                        .path("jobs"))
                .hasSize(2);
    }

    @Test
    void bytesThatAreNoUtf8Are400() throws Exception {
        var body = BodyPublishers.ofByteArray("{\"title\": \"\u00c0\u00af\"}".getBytes(ISO_8859_1));

        var answer = driver.send("POST", "/jobs", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("the body is not in UTF-8");
    }

    @Test
    void halfASurrogatePairIsKeptInATextAndRefusedInAnId() throws Exception {
        var document = driver.newJob();
        var id = document.path("job_id").asText();
        var halved = document.toString().replace("Sentinel-2 of May", "\\ud83d");

        assertThat(driver.post("/jobs", halved).status()).isEqualTo(201);
        assertThat(driver.job(id).path("title").asText()).isEqualTo("\ud83d");
        assertThat(driver.post("/jobs", halved.replace(id, "j-\\udc00"))
                        .json()
                        .path("message")
                        .path(0)
                        .asText())
                .isEqualTo("job_id must be valid Unicode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e-400",
                "123456789012345678901234567890",
                "0.1234567890123456789012345678901234567890",
                "9007199254740993",
                "1.0"
            })
    void numbersBeyondDoubleAreKeptExactly(String number) throws Exception {
        var id = driver.created(driver.newJob());

        assertThat(driver.patch(id, "{\"costs\": " + number + "}").status()).isEqualTo(200);

        assertThat(driver.job(id).get("costs"))
                .isEqualTo(Samples.json("{\"it\": " + number + "}").get("it"));
        assertThat(driver.found(
                        "{'bool':{'filter':[{'term':{'job_id':'%s'}},{'term':{'costs':%s}}]}}".formatted(id, number)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999"})
    void numbersThatNothingCanHoldAre400(String number) throws Exception {
        var answer = driver.patch(driver.created(), "{\"costs\": " + number + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("exponent");
    }

    @Test
    void aNumberOfAThousandDigitsIs400() throws Exception {
        var answer = driver.patch(driver.created(), "{\"costs\": " + "9".repeat(1_000) + "}");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void theSameKeyTwiceIs400() throws Exception {
        var id = driver.created();

        var answer = driver.patch(id, "{\"status\": \"queued\", \"status\": \"running\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("Duplicate field 'status'");
        assertThat(driver.job(id).path("status").asText()).isEqualTo("created");
    }

    private static String post(String path) {
        return "POST " + path + " HTTP/1.1";
    }
}
