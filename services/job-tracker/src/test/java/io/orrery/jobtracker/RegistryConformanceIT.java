package io.orrery.jobtracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.Driver.Answer;
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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What openEO's driver expects of the Elastic Job Registry, statement by statement, over HTTP and with its tokens. The
 * nested classes follow the sections of the description of that API.
 */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(BucketResource.class)
@QuarkusTestResource(KeysResource.class)
class RegistryConformanceIT {

    private static final String BASICS = "job_id,user_id,created,status,updated";
    private static Driver driver;
    private static Driver neighbour;

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
            neighbour = Driver.ofNewPlatform(base, backbone, facts, sealer);
        }
    }

    @Nested
    class Section11Calls {

        @Test
        void healthIs200WithAnObjectWithOrWithoutAToken() throws Exception {
            assertThat(driver.health().status()).isEqualTo(200);
            assertThat(driver.health().json().isObject()).isTrue();
            assertThat(driver.sendWith(Optional.of(driver.bearer()), "GET", "/health", "")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void createIs201WithTheDocument() throws Exception {
            var document = driver.newJob();

            var answer = driver.post("/jobs", document.toString());

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json()).isEqualTo(document);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
        }

        @Test
        void searchIs200WithAnArray() throws Exception {
            var id = driver.created();

            assertThat(driver.byId(id).isArray()).isTrue();
            assertThat(driver.byId(id)).hasSize(1);
            assertThat(driver.byId("j-of-nobody")).isEmpty();
        }

        @Test
        void paginatedSearchIs200WithJobsAndPagination() throws Exception {
            var answer = driver.post("/jobs/search/paginated?size=1", "{\"query\":{\"match_all\":{}}}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("jobs").isArray()).isTrue();
            assertThat(answer.json().path("pagination").isObject()).isTrue();
        }

        @Test
        void patchIs200WithTheWholeDocument() throws Exception {
            var document = driver.newJob();
            var id = driver.created(document);

            var answer = driver.patch(id, "{\"application_id\": \"a-1\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(document.put("application_id", "a-1"));
        }

        @Test
        void deleteIs200WithNothing() throws Exception {
            var answer = driver.delete(driver.created());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEmpty();
        }

        @Test
        void thereIsNoGetOfOneJobAndNoPut() throws Exception {
            var path = "/jobs/" + driver.created();

            assertThat(driver.send("GET", path, BodyPublishers.noBody()).status())
                    .isEqualTo(405);
            assertThat(driver.send("PUT", path, BodyPublishers.ofString("{}")).status())
                    .isEqualTo(405);
        }

        @Test
        void anIdIsTakenForAllBackendsSincePatchAndDeleteNameNone() throws Exception {
            var id = driver.created();
            var same = neighbour.newJob().put("job_id", id);

            assertThat(neighbour.post("/jobs", same.toString()).status()).isEqualTo(409);
        }
    }

    @Nested
    class Section12Auth {

        @ParameterizedTest
        @CsvSource({
            "POST, /jobs",
            "POST, /jobs/search",
            "POST, /jobs/search/paginated",
            "PATCH, /jobs/j-1",
            "DELETE, /jobs/j-1"
        })
        void everyCallButHealthIs401WithoutAToken(String method, String path) throws Exception {
            var none = driver.sendWith(Optional.empty(), method, path, "{}");
            var bad = driver.sendWith(Optional.of("Bearer a.b.c"), method, path, "{}");
            var forged = driver.sendWith(Optional.of(driver.bearer() + "A"), method, path, "{}");
            var basic = driver.sendWith(Optional.of("Basic YTpi"), method, path, "{}");

            assertThat(List.of(none, bad, forged, basic)).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.json().path("statusCode").asInt()).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .startsWith("Bearer");
            });
        }

        @Test
        void theSchemeOfATokenMayBeWrittenInAnyCase() throws Exception {
            var token = driver.bearer().replace("Bearer", "bearer");

            assertThat(driver.sendWith(Optional.of(token), "POST", "/jobs/search", "{\"query\":{\"match_all\":{}}}")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void theIssuerIsFoundByDiscoveryAndGivesATokenForTheClientCredentials() throws Exception {
            var token = driver.token();

            assertThat(token.path("access_token").asText()).isNotEmpty();
            assertThat(token.path("token_type").asText()).isEqualToIgnoringCase("bearer");
        }

        @Test
        void aTokenLivesLongerThanThe300SecondsThatTheClientTakesOff() throws Exception {
            assertThat(driver.token().path("expires_in").asLong()).isGreaterThan(300);
        }

        @Test
        void rightsGoByBackend() throws Exception {
            var foreign = driver.newJob().put("backend_id", neighbour.backend());
            var id = driver.created();

            assertThat(driver.post("/jobs", foreign.toString()).status()).isEqualTo(403);
            assertThat(neighbour.patch(id, "{\"title\": \"mine\"}").status()).isEqualTo(403);
            assertThat(neighbour.delete(id).status()).isEqualTo(403);
            assertThat(neighbour
                            .post(
                                    "/jobs/search",
                                    "{\"query\":{\"term\":{\"backend_id\":\"%s\"}}}".formatted(driver.backend()))
                            .status())
                    .isEqualTo(403);
            assertThat(neighbour.found("{'match':{'job_id':'" + id + "'}}")).isEmpty();
        }
    }

    @Nested
    class Section13Retries {

        @Test
        void aPatchThatIsSentAgainChangesNothing() throws Exception {
            var id = driver.created();
            var patch = "{\"status\": \"queued\", \"updated\": \"2026-01-01T11:01:00Z\"}";

            var first = driver.patch(id, patch);
            var again = driver.patch(id, patch);

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json()).isEqualTo(first.json());
            assertThat(history(id)).containsExactly("created", "queued");
        }

        @Test
        void aDeleteThatIsSentAgainIs404() throws Exception {
            var id = driver.created();
            driver.delete(id);

            assertThat(driver.delete(id).status()).isEqualTo(404);
        }
    }

    @Nested
    class Section14Queries {

        @Test
        void getJob() throws Exception {
            var document = driver.newJob();
            var id = driver.created(document);
            var query =
                    "{'bool':{'filter':[{'term':{'backend_id':'%s'}},{'term':{'job_id':'%s'}},{'term':{'user_id':'%s'}}]}}";

            assertThat(driver.found(
                            query.formatted(driver.backend(), id, "anna@example.org"), ("*," + BASICS).split(",")))
                    .containsExactly(document);
            assertThat(driver.found(query.formatted(driver.backend(), id, "somebody"), "*", "job_id"))
                    .isEmpty();
        }

        @Test
        void existenceCheckOfDelete() throws Exception {
            var id = driver.created();
            var query = "{'bool':{'filter':[{'term':{'backend_id':'%s'}},{'term':{'job_id':'%s'}}]}}"
                    .formatted(driver.backend(), id);

            assertThat(names(driver.found(query, BASICS.split(",")).path(0)))
                    .containsExactlyInAnyOrder(BASICS.split(","));
            driver.delete(id);
            assertThat(driver.found(query, BASICS.split(","))).isEmpty();
        }

        @Test
        void userListing() throws Exception {
            var user = "user-of-a-listing";
            var first = driver.created(driver.newJob(user));
            var second = driver.created(driver.newJob(user));
            var query = "{'bool':{'filter':[{'term':{'backend_id':'%s'}},{'term':{'user_id':'%s'}}]}}"
                    .formatted(driver.backend(), user);

            assertThat(ids(driver.found(query, ("title," + BASICS).split(",")))).containsExactly(first, second);
        }

        @Test
        void listOfActiveJobsAsTheTrackerAsks() throws Exception {
            var user = "user-of-the-tracker";
            var running = driver.created(recent(user).put("application_id", "a-1"));
            driver.created(recent(user));
            driver.created(recent(user).put("application_id", "a-2").put("status", "finished"));
            driver.created(driver.newJob(user).put("application_id", "a-3").put("created", "2019-01-01T00:00:00Z"));
            var query = """
                    {'bool':{'filter':[{'term':{'backend_id':'%s'}},{'terms':{'status':['created','queued','running']}},
                     {'range':{'created':{'gte':'now-90d'}}},{'range':{'updated':{'gte':'now-14d'}}},
                     {'term':{'user_id':'%s'}}],'must':%s}}
                    """;
            var exists = "{'exists':{'field':'application_id'}}";

            assertThat(ids(driver.found(query.formatted(driver.backend(), user, exists), "application_id", "job_id")))
                    .containsExactly(running);
            assertThat(ids(driver.found(query.formatted(driver.backend(), user, "[" + exists + "]"), "job_id")))
                    .as("must as an array")
                    .containsExactly(running);
        }

        @Test
        void listOfStartedJobsAsTheCleanerAsks() throws Exception {
            var old = driver.created(driver.newJob("U1").put("status", "finished"));
            driver.created(recent("U1").put("status", "finished"));
            driver.created(driver.newJob("U3").put("status", "finished"));
            var query = """
                    {"query":{"bool":{"filter":[{"term":{"backend_id":"%s"}},
                     {"terms":{"status":["finished","error","canceled","running","queued"]}},
                     {"bool":{"must_not":[{"term":{"deleted":true}}]}},
                     {"range":{"updated":{"lte":"2026-01-21T13:46:25Z"}}},{"terms":{"user_id":["U1","U2"]}}]}},
                     "_source":["job_id","user_id","created","status","updated"]}
                    """.formatted(driver.backend());

            var answer = driver.post("/jobs/search/paginated?size=1000&page=0", query);

            assertThat(ids(answer.json().path("jobs"))).containsExactly(old);
        }

        @Test
        void deletedIsMetByDocumentsWithoutTheField() throws Exception {
            var id = driver.created();

            assertThat(driver.found("{'bool':{'must':[{'match':{'job_id':'" + id
                            + "'}}],'must_not':[{'term':{'deleted':'true'}}]}}"))
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application_id", "dependencies", "never_set"})
        void existsCountsNullAndEmptyAsMissing(String field) throws Exception {
            var job = driver.newJob().put("application_id", (String) null);
            job.putArray("dependencies");
            var id = driver.created(job);

            assertThat(driver.found("{'bool':{'filter':[{'term':{'job_id':'%s'}},{'exists':{'field':'%s'}}]}}"
                            .formatted(id, field)))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '#',
                value = {
                    "{}                                                            | empty query",
                    "{'query':{}}                                                  | a query has exactly one field",
                    "{'query':{'wildcard':{'job_id':'*'}}}                         | unknown query: wildcard",
                    "{'query':{'query_string':{'query':'*'}}}                      | unknown query: query_string",
                    "{'query':{'bool':{'should':[]}}}                              | unknown part of bool: should",
                    "{'query':{'range':{'created':{'gte':'now-1M'}}}}              | neither a date nor now-<days>d",
                    "{'query':{'range':{'created':{'gte':'now-1d','format':'x'}}}} | unknown part of range: format",
                    "{'query':{'match_all':{}},'sort':[]}                          | unknown part of a search: sort",
                    "{'query':{'match_all':{}},'_source':{'includes':[]}}          | _source must be an array"
                })
        void anythingElseIs400WithTheReason(String body, String reason) throws Exception {
            for (var path : List.of("/jobs/search", "/jobs/search/paginated")) {
                var answer = driver.post(path, body.replace('\'', '"'));

                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.message())
                        .startsWith("Could not query jobs: ")
                        .contains(reason);
            }
        }

        @Test
        void sourceComesInAnyOrder() throws Exception {
            var id = driver.created();
            var query = "{'term':{'job_id':'" + id + "'}}";

            var one = driver.found(query, "updated", "title", "status", "job_id");
            var other = driver.found(query, "job_id", "status", "updated", "title");

            assertThat(one).isEqualTo(other);
            assertThat(names(one.path(0))).containsExactlyInAnyOrder("job_id", "title", "status", "updated");
        }

        @Test
        void aStarInTheSourceIsTheWholeDocument() throws Exception {
            var document = driver.newJob();
            var id = driver.created(document);

            assertThat(driver.found("{'term':{'job_id':'" + id + "'}}", "status", "*", "job_id"))
                    .containsExactly(document);
        }

        @Test
        void sourceHasWildcardsAndDottedPaths() throws Exception {
            var document = driver.newJob();
            document.putObject("usage").putObject("cpu").put("value", 7).put("unit", "cpu-seconds");
            var id = driver.created(document);

            assertThat(driver.found("{'term':{'job_id':'" + id + "'}}", "user*", "usage.cpu.unit")
                            .path(0)
                            .toString())
                    .isEqualTo("{\"user_id\":\"anna@example.org\",\"usage\":{\"cpu\":{\"unit\":\"cpu-seconds\"}}}");
            assertThat(driver.found("{'term':{'job_id':'" + id + "'}}", "proc*_id")
                            .path(0)
                            .toString())
                    .as("a star stands for dots too")
                    .isEqualTo("{\"process\":{\"process_graph\":{\"load\":{\"process_id\":\"load_collection\"}}}}");
        }

        @Test
        void missingFieldsAreLeftOutAndNullStays() throws Exception {
            var id = driver.created();

            var shown = driver.found("{'term':{'job_id':'" + id + "'}}", "application_id", "started", "costs");

            assertThat(shown.path(0)).isEqualTo(Samples.json("{\"application_id\": null}"));
        }

        @Test
        void processComesOnlyIfAskedFor() throws Exception {
            var id = driver.created();
            var query = "{'term':{'job_id':'" + id + "'}}";

            assertThat(driver.found(query, BASICS.split(",")).path(0).has("process"))
                    .isFalse();
            assertThat(driver.found(query, "process").path(0).has("process")).isTrue();
        }

        @Test
        void theNewestIsFirstThenByTheId() throws Exception {
            var user = "user-of-the-order";
            var older = driver.created(driver.newJob(user).put("created", "2025-12-31T23:59:59Z"));
            var a = driver.created(driver.newJob(user));
            var b = driver.created(driver.newJob(user));
            var newer = driver.created(driver.newJob(user).put("created", "2026-01-01T12:30:00+01:00"));

            assertThat(ids(driver.found("{'term':{'user_id':'" + user + "'}}", "job_id")))
                    .containsExactly(newer, a, b, older);
        }

        @Test
        void nothingIsCutAtAThousand() throws Exception {
            var user = "user-of-many";
            var posted = concurrently(
                    1_050, () -> driver.post("/jobs", driver.newJob(user).toString()));

            assertThat(posted).extracting(Answer::status).containsOnly(201);
            assertThat(driver.found("{'term':{'user_id':'" + user + "'}}", "job_id"))
                    .hasSize(1_050);
        }
    }

    @Nested
    class Section15Pagination {

        private static final String USER = "user-of-pages";

        @BeforeEach
        void thirtyJobs() throws Exception {
            if (query(USER, "").json().path("jobs").isEmpty()) {
                for (var i = 0; i < 30; i++) {
                    driver.created(driver.newJob(USER).put("created", "2026-01-01T11:00:%02dZ".formatted(i)));
                }
            }
        }

        @Test
        void sizeIsTenAndPageIsZeroUnlessSaid() throws Exception {
            var answer = query(USER, "").json();

            assertThat(answer.path("jobs")).hasSize(10);
            assertThat(answer.path("pagination"))
                    .isEqualTo(Samples.json("{\"previous\": null, \"next\": {\"size\": 10, \"page\": 1}}"));
        }

        @Test
        void previousIsThePageBefore() throws Exception {
            assertThat(query(USER, "?size=8&page=2").json().path("pagination").path("previous"))
                    .isEqualTo(Samples.json("{\"size\": 8, \"page\": 1}"));
        }

        @Test
        void aFullPageHasANextEvenIfThatIsEmpty() throws Exception {
            var last = query(USER, "?size=10&page=2").json();
            var beyond = query(USER, "?size=10&page=3").json();

            assertThat(last.path("pagination").path("next")).isEqualTo(Samples.json("{\"size\": 10, \"page\": 3}"));
            assertThat(beyond).isEqualTo(Samples.json("{\"jobs\": [], \"pagination\": {}}"));
        }

        @Test
        void aPageThatIsNotFullHasNoNext() throws Exception {
            assertThat(query(USER, "?size=20&page=1")
                            .json()
                            .path("pagination")
                            .path("next")
                            .isNull())
                    .isTrue();
        }

        @Test
        void theSizeOfTheNextPageIsTheSameNumber() throws Exception {
            assertThat(query(USER, "?size=7")
                            .json()
                            .path("pagination")
                            .path("next")
                            .path("size")
                            .isInt())
                    .isTrue();
            assertThat(query(USER, "?size=7")
                            .json()
                            .path("pagination")
                            .path("next")
                            .path("size")
                            .intValue())
                    .isEqualTo(7);
        }

        @Test
        void pagesTogetherAreEverythingOnceAndInOrder() throws Exception {
            var all = new ArrayList<String>();
            for (var page = 0; page < 5; page++) {
                all.addAll(ids(query(USER, "?size=7&page=" + page).json().path("jobs")));
            }

            assertThat(all)
                    .isEqualTo(ids(driver.found("{'term':{'user_id':'" + USER + "'}}", "job_id")))
                    .hasSize(30);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?size=ten",
                    "?page=first",
                    "?size=1.5",
                    "?size=0",
                    "?size=-1",
                    "?page=-1",
                    "?size=99999999999"
                })
        void whatIsNoIntegerIs400(String parameters) throws Exception {
            assertThat(query(USER, parameters).status()).isEqualTo(400);
        }

        @Test
        void goesBeyondTenThousand() throws Exception {
            assertThat(query(USER, "?size=100000").json().path("jobs")).hasSize(30);
            assertThat(query(USER, "?size=1000&page=1000").json().path("jobs")).isEmpty();
        }

        private Answer query(String user, String parameters) throws IOException, InterruptedException {
            return driver.post("/jobs/search/paginated" + parameters, """
                    {"query":{"bool":{"filter":[{"term":{"backend_id":"%s"}},{"term":{"user_id":"%s"}}]}},
                     "_source":["job_id"]}
                    """.formatted(driver.backend(), user));
        }
    }

    @Nested
    class Section16Writing {

        @ParameterizedTest
        @ValueSource(strings = {"job_id", "backend_id", "user_id"})
        void idsAreRequiredAndNotEmpty(String field) throws Exception {
            var without = driver.newJob();
            without.remove(field);

            assertRefused(driver.post("/jobs", without.toString()), field + " should not be empty");
            assertRefused(
                    driver.post("/jobs", driver.newJob().put(field, "").toString()), field + " should not be empty");
            assertRefused(
                    driver.post("/jobs", driver.newJob().putNull(field).toString()), field + " should not be empty");
        }

        @Test
        void unknownPropertiesAreRefused() throws Exception {
            var id = driver.created();

            assertRefused(
                    driver.post("/jobs", driver.newJob().put("colour", "red").toString()),
                    "property colour should not exist");
            assertRefused(driver.patch(id, "{\"colour\": \"red\"}"), "property colour should not exist");
        }

        @Test
        void everythingThatIsWrongIsNamedAtOnce() throws Exception {
            var answer = driver.post("/jobs", "{\"colour\": 1, \"created\": \"yesterday\", \"links\": {}}");

            assertThat(answer.json()).isEqualTo(Samples.json("""
                    {"statusCode": 400, "message": ["job_id should not be empty", "backend_id should not be empty",
                     "user_id should not be empty", "property colour should not exist",
                     "created must be a valid ISO 8601 date string", "links must be an array"],
                     "error": "Bad Request"}
                    """));
        }

        @Test
        void aDuplicateIs409AndChangesNothing() throws Exception {
            var document = driver.newJob();
            var id = driver.created(document);

            var answer = driver.post(
                    "/jobs", document.deepCopy().put("title", "another").toString());

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("error").asText()).isEqualTo("Conflict");
            assertThat(driver.byId(id)).containsExactly(document);
        }

        @Test
        void patchMergesObjectsRecursively() throws Exception {
            var id = driver.created();
            driver.patch(id, "{\"usage\": {\"cpu\": {\"value\": 1, \"unit\": \"cpu-seconds\"}}}");

            driver.patch(id, "{\"usage\": {\"cpu\": {\"value\": 2}, \"memory\": {\"value\": 3}}}");

            assertThat(driver.job(id).path("usage"))
                    .isEqualTo(Samples.json(
                            "{\"cpu\": {\"value\": 2, \"unit\": \"cpu-seconds\"}, \"memory\": {\"value\": 3}}"));
        }

        @Test
        void patchReplacesArraysAndScalars() throws Exception {
            var id = driver.created();
            driver.patch(id, "{\"dependencies\": [{\"a\": 1}, {\"b\": 2}], \"title\": \"one\"}");

            driver.patch(id, "{\"dependencies\": [{\"c\": 3}], \"title\": \"two\"}");

            assertThat(driver.job(id).path("dependencies").toString()).isEqualTo("[{\"c\":3}]");
            assertThat(driver.job(id).path("title").asText()).isEqualTo("two");
        }

        @Test
        void patchStoresNull() throws Exception {
            var id = driver.created();
            driver.patch(id, "{\"dependencies\": [{\"a\": 1}], \"usage\": {\"cpu\": {\"value\": 1}}}");

            driver.patch(id, "{\"dependencies\": null, \"usage\": {\"cpu\": null}}");

            assertThat(driver.job(id).get("dependencies").isNull()).isTrue();
            assertThat(driver.job(id).path("usage")).isEqualTo(Samples.json("{\"cpu\": null}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"job_id", "backend_id", "user_id", "parent_id", "process", "job_options", "deleted"})
        void whatIsSaidOnceIsNotAllowedInAPatch(String field) throws Exception {
            var id = driver.created();

            assertRefused(driver.patch(id, "{\"" + field + "\": null}"), "property " + field + " should not exist");
        }

        @Test
        void aPatchOfNothingIs404() throws Exception {
            var answer = driver.patch("j-of-nobody", "{\"title\": \"x\"}");

            assertThat(answer.json())
                    .isEqualTo(
                            Samples.json(
                                    "{\"statusCode\": 404, \"message\": \"Could not find job with j-of-nobody\", \"error\": \"Not Found\"}"));
            assertThat(answer.status()).isEqualTo(404);
        }

        @Test
        void whatIsDeletedIsFoundByNoSearchPatchOrDelete() throws Exception {
            var id = driver.created();

            assertThat(driver.delete(id).status()).isEqualTo(200);

            assertThat(driver.byId(id)).isEmpty();
            assertThat(driver.patch(id, "{\"title\": \"x\"}").status()).isEqualTo(404);
            assertThat(driver.delete(id).status()).isEqualTo(404);
            assertThat(driver.post("/jobs", driver.newJob().put("job_id", id).toString())
                            .status())
                    .isEqualTo(409);
        }

        @Test
        void takesABodyOfTenMebibytes() throws Exception {
            var document = driver.newJob();
            var room = 10 * 1024 * 1024 - document.toString().length() - "\"description\":\"\",".length();
            document.put("description", "x".repeat(room));
            assertThat(document.toString()).hasSize(10 * 1024 * 1024);

            var id = driver.created(document);

            assertThat(driver.job(id)).isEqualTo(document);
        }

        @Test
        void aLargerBodyIs413() throws Exception {
            var id = driver.created();
            var body = "{\"title\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";

            var answers =
                    List.of(driver.post("/jobs", body), driver.post("/jobs/search", body), driver.patch(id, body));

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.json().path("statusCode").asInt()).isEqualTo(413);
                assertThat(answer.message()).isEqualTo("request entity too large");
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"process_graph\":{\"n\":{\"arguments\":{\"x\":1.10,\"y\":123456789012345678901234567890.5,\"z\":null}}}}",
                    "\"{\\\"process_graph\\\": { \\\"x\\\":1.0 } }\"",
                    "\"no JSON at all\"",
                    "{}"
                })
        void aProcessIsKeptAsItCameTextOrObject(String process) throws Exception {
            var document = driver.newJob();
            document.set("process", Samples.json("{\"it\":" + process + "}").get("it"));
            var id = driver.created(document);

            assertThat(driver.job(id).get("process").toString()).isEqualTo(process);
        }

        @Test
        void timesAreKeptAsTheyCame() throws Exception {
            var document =
                    driver.newJob().put("created", "2026-01-01T11:00:00Z").put("updated", "2026-01-01");
            var id = driver.created(document);

            assertThat(driver.job(id)).isEqualTo(document);
        }
    }

    @Nested
    class Section17WhatTheOriginalIsSlowAt {

        @Test
        void anAnswerThatNothingIsFoundDoesNotWait() {
            // The original waits 2.5 s each time: a minute is more than enough for fifty here, and too short there.
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                for (var i = 0; i < 50; i++) {
                    assertThat(driver.byId("j-of-nobody-" + i)).isEmpty();
                }
            });
        }

        @Test
        void whateverWasAcknowledgedIsSeenAtOnce() throws Exception {
            for (var i = 0; i < 20; i++) {
                var id = driver.newJob().path("job_id").asText();
                assertThat(driver.byId(id)).isEmpty();
                driver.created(driver.newJob().put("job_id", id));
                assertThat(driver.byId(id)).hasSize(1);
                driver.patch(id, "{\"status\": \"queued\"}");
                assertThat(driver.job(id).path("status").asText()).isEqualTo("queued");
                driver.delete(id);
                assertThat(driver.byId(id)).isEmpty();
            }
        }

        @Test
        void nobodyIsThrottled() throws Exception {
            var answers = concurrently(1_100, driver::health);

            assertThat(answers).extracting(Answer::status).containsOnly(200);
        }
    }

    @Nested
    class Section18Documents {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '#',
                value = {
                    "process                      | {'process_graph':{}}                               | 7",
                    "job_options                  | {'log_level':'info','free':{'form':[1]}}           | 'text'",
                    "job_options                  | null                                               | []",
                    "title                        | 'Größe'                                            | 7",
                    "title                        | null                                               | {}",
                    "description                  | ''                                                 | []",
                    "parent_id                    | 'j-0'                                              | 7",
                    "api_version                  | '1.2'                                              | 1.2",
                    "status                       | 'queued'                                           | 'waiting'",
                    "created                      | '2026-01-01T11:00:00Z'                             | 'yesterday'",
                    "updated                      | '2026-01-01T11:00:00.123+02:00'                    | 1767225600",
                    "started                      | '2026-01-01'                                       | '2026-13-01'",
                    "finished                     | null                                               | true",
                    "application_id               | 'a-0123456789abcdef'                               | 7",
                    "proxy_user                   | 'anna'                                             | 7",
                    "dependencies                 | [{'collection_id':'S2','batch_request_ids':['b']}] | {}",
                    "dependencies                 | null                                               | 'none'",
                    "dependency_status            | 'awaiting_retry'                                   | 7",
                    "dependency_usage             | '1.50'                                             | []",
                    "usage                        | {'cpu':{'value':1.5,'unit':'cpu-seconds'}}         | 7",
                    "costs                        | 3.25                                               | 'free'",
                    "input_pixel                  | 0.0                                                | '0'",
                    "results_metadata             | {'bbox':[1,2,3,4],'links':[]}                      | []",
                    "results_metadata_uri         | 's3://bucket/batch_jobs/j-1/job_metadata.json'     | {}",
                    "memory_time_megabyte_seconds | 12                                                 | '12'",
                    "cpu_time_seconds             | 12.5                                               | '12'",
                    "links                        | [{'href':'x'}]                                     | {}",
                    "assets                       | {'a.tiff':{}}                                      | []",
                    "unique_process_ids           | ['ndvi']                                           | 'ndvi'",
                    "deleted                      | false                                              | 'no'"
                })
        void aFieldIsKeptIfItIsOfItsType(String field, String good, String bad) throws Exception {
            var document = driver.newJob();
            document.set(field, value(good));
            var id = driver.created(document);
            assertThat(driver.job(id).get(field)).isEqualTo(value(good));

            var wrong = driver.newJob();
            wrong.set(field, value(bad));
            var answer = driver.post("/jobs", wrong.toString());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("message").path(0).asText()).startsWith(field + " must be ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "anna+odd@example.org",
                    "9f8e7d6c-5b4a-3210-ffff-0123456789ab@egi.eu",
                    "Ægir Žluťoučký 木村 🛰️",
                    "a/b/../c",
                    "..",
                    "/",
                    "%2F%00",
                    " spaces ",
                    "quote\"back\\slash",
                    "tab\tnewline\n",
                    "{\"json\":1}",
                    "true",
                    "null",
                    "1234",
                    "*"
                })
        void oddUserIdsAreKeptAndFoundAndNotConfused(String user) throws Exception {
            var id = driver.created(driver.newJob(user));
            var query = Samples.json("{\"query\":{\"bool\":{\"filter\":[]}},\"_source\":[\"job_id\",\"user_id\"]}");
            query.withArray("/query/bool/filter").addObject().putObject("term").put("user_id", user);

            var found = driver.post("/jobs/search", query.toString()).json();

            assertThat(ids(found)).containsExactly(id);
            assertThat(found.path(0).path("user_id").asText()).isEqualTo(user);
        }

        @ParameterizedTest
        @ValueSource(strings = {"j-a/b", "j-ž木🛰️", "j-with space", "j-%2F", "j-a?b#c", "j-..", "j-a;b=c", "j-a+b"})
        void oddJobIdsArePatchedAndDeletedByTheirPath(String id) throws Exception {
            driver.created(driver.newJob().put("job_id", id));

            assertThat(driver.patch(id, "{\"title\": \"found\"}").status()).isEqualTo(200);
            assertThat(driver.job(id).path("title").asText()).isEqualTo("found");
            assertThat(driver.delete(id).status()).isEqualTo(200);
            assertThat(driver.byId(id)).isEmpty();
        }

        @Test
        void aJobThatIsPostedWithoutAStatusIsCreated() throws Exception {
            var document = driver.newJob();
            document.remove("status");

            var answer = driver.post("/jobs", document.toString());

            assertThat(answer.json().path("status").asText()).isEqualTo("created");
            assertThat(driver.found("{'bool':{'filter':[{'term':{'status':'created'}},{'term':{'job_id':'%s'}}]}}"
                            .formatted(document.path("job_id").asText())))
                    .hasSize(1);
        }

        @Test
        void aFinalStatusStaysAndTheRestOfThePatchIsKeptAndItIsCounted() throws Exception {
            var id = driver.created();
            driver.patch(id, "{\"status\": \"canceled\"}");
            var before = stickies();

            var answer = driver.patch(id, "{\"status\": \"running\", \"started\": \"2026-01-01T11:05:00Z\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("status").asText()).isEqualTo("canceled");
            assertThat(driver.job(id).path("started").asText()).isEqualTo("2026-01-01T11:05:00Z");
            assertThat(history(id)).containsExactly("created", "canceled");
            assertThat(stickies()).isEqualTo(before + 1);
        }

        private static JsonNode value(String text) {
            return Samples.json("{\"it\":" + text.replace('\'', '"') + "}").get("it");
        }

        private static double stickies() throws IOException, InterruptedException {
            return driver.get("/q/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("orrery_registry_sticky_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    @Nested
    class OpenApi {

        @Test
        void describesEveryCall() throws Exception {
            var document = driver.get("/q/openapi?format=json").json().path("paths");

            assertThat(names(document))
                    .contains(
                            "/registry/health",
                            "/registry/jobs",
                            "/registry/jobs/search",
                            "/registry/jobs/search/paginated",
                            "/registry/jobs/{id}");
            assertThat(document.at("/~1registry~1jobs/post/requestBody").isObject())
                    .isTrue();
            assertThat(names(document.at("/~1registry~1jobs/post/responses")))
                    .contains("201", "400", "401", "403", "408", "409", "413", "503");
            assertThat(names(document.at("/~1registry~1jobs~1{id}/patch/responses")))
                    .contains("200", "400", "401", "403", "404", "408", "413", "503");
        }
    }

    private static ObjectNode recent(String user) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return driver.newJob(user).put("created", now).put("updated", now);
    }

    private static List<String> history(String jobId) throws IOException, InterruptedException {
        return driver.get("/platforms/" + driver.backend() + "/jobs/" + jobId)
                .json()
                .path("history")
                .valueStream()
                .map(transition -> transition.path("status").asText())
                .toList();
    }

    private static List<String> ids(JsonNode jobs) {
        return jobs.valueStream().map(job -> job.path("job_id").asText()).toList();
    }

    private static Set<String> names(JsonNode object) {
        return Set.copyOf(object.propertyStream().map(it -> it.getKey()).toList());
    }

    private static void assertRefused(Answer answer, String violation) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").valueStream().map(JsonNode::asText))
                .contains(violation);
    }

    private static List<Answer> concurrently(int times, Callable<Answer> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var calls = IntStream.range(0, times).mapToObj(i -> call).toList();
            var answers = new ArrayList<Answer>();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
