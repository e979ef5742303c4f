package io.orrery.jobtracker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.jobtracker.Samples;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-21T12:00:00Z");

    private static final String JOB = """
            {"job_id": "J", "backend_id": "B", "user_id": "U", "status": "queued", "application_id": "a-1",
             "created": "2026-01-10T12:00:00Z", "updated": "2026-01-20T12:00:00Z", "costs": 2.50, "title": null,
             "dependencies": [], "usage": {"cpu": {"value": 7, "unit": "cpu-seconds"}}, "unique_process_ids": ["ndvi", "add"]}
            """;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                // get_job, with a user
                "{'bool':{'filter':[{'term':{'backend_id':'B'}},{'term':{'job_id':'J'}},{'term':{'user_id':'U'}}]}}",
                // list_active_jobs: must is an object
                "{'bool':{'filter':[{'term':{'backend_id':'B'}},{'terms':{'status':['created','queued','running']}},"
                        + "{'range':{'created':{'gte':'now-90d'}}},{'range':{'updated':{'gte':'now-14d'}}}],"
                        + "'must':{'exists':{'field':'application_id'}}}}",
                // get_all_started_jobs_before: must_not on a field that is not there
                "{'bool':{'filter':[{'term':{'backend_id':'B'}},{'terms':{'status':['finished','queued']}},"
                        + "{'bool':{'must_not':[{'term':{'deleted':true}}]}},"
                        + "{'range':{'updated':{'lte':'2026-01-21T13:46:25Z'}}},{'terms':{'user_id':['U','V']}}]}}",
                "{'match':{'job_id':'J'}}",
                "{'match':{'job_id':{'query':'J'}}}",
                "{'term':{'job_id':{'value':'J'}}}",
                "{'term':{'usage.cpu.value':7.0}}",
                "{'term':{'unique_process_ids':'add'}}",
                "{'range':{'costs':{'gt':2.4,'lte':2.5}}}",
                "{'range':{'created':{'gte':'2026-01-10','lt':'2026-01-11'}}}",
                // a bound that names a day: gte means its beginning, lte its end
                "{'range':{'created':{'gte':'2026-01-10','lte':'2026-01-10'}}}",
                "{'range':{'created':{'gte':'2026-01-10T12:00:00','lt':'2026-01-10T14:00:01+02:00'}}}",
                "{'range':{'created':{'gte':1768046400000,'lt':1768046400001}}}",
                "{'range':{'costs':{'gte':-1e999999999,'lt':1e999999999}}}",
                "{'bool':{'must':[{'match_all':{}}]}}",
                "{'bool':{}}"
            })
    void finds(String query) {
        assertThat(matches(query)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'term':{'job_id':'j'}}",
                "{'term':{'user':'U'}}",
                "{'term':{'costs':10e2147483647}}",
                "{'terms':{'status':[]}}",
                "{'range':{'created':{'gte':'now-10d'}}}",
                "{'range':{'updated':{'lt':'2026-01-20T12:00:00Z'}}}",
                "{'range':{'created':{'gt':'2026-01-10'}}}",
                "{'range':{'title':{'lt':'2026-01-20T12:00:00Z'}}}",
                "{'exists':{'field':'title'}}",
                "{'exists':{'field':'dependencies'}}",
                "{'exists':{'field':'finished'}}",
                "{'bool':{'must_not':{'term':{'status':'queued'}}}}"
            })
    void doesNotFind(String query) {
        assertThat(matches(query)).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{}                                                          | empty query",
                "{'query':{}}                                                | exactly one field",
                "{'query':{'script':{}}}                                     | unknown query: script",
                "{'query':{'wildcard':{'job_id':'*'}}}                       | unknown query: wildcard",
                "{'query':{'bool':{'should':[]}}}                            | unknown part of bool: should",
                "{'query':{'bool':{'filter':['x']}}}                         | must be an object",
                "{'query':{'term':{'a':1,'b':2}}}                            | exactly one field",
                "{'query':{'term':{'a':[1]}}}                                | no plain value",
                "{'query':{'term':{'a':null}}}                               | no plain value",
                "{'query':{'terms':{'a':'x'}}}                               | wants an array",
                "{'query':{'range':{'created':{'gte':'now-1M'}}}}            | neither a date nor now-<days>d",
                "{'query':{'range':{'created':{'gte':'yesterday'}}}}         | neither a date nor now-<days>d",
                "{'query':{'range':{'created':{'boost':2}}}}                 | unknown part of range: boost",
                "{'query':{'exists':{'fields':'a'}}}                         | expected field",
                "{'query':{'bool':{}},'size':5}                              | unknown part of a search: size",
                "{'query':{'bool':{}},'_source':7}                           | _source must be an array"
            })
    void refusesWithTheReason(String body, String reason) {
        assertThatThrownBy(() -> QueryReader.read(Samples.json(body.replace('\'', '"')), NOW))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        var nested = "{'bool':{'filter':".repeat(50) + "{'match_all':{}}" + "}}".repeat(50);

        assertThatThrownBy(() -> read(nested)).hasMessageContaining("nested deeper");
    }

    @Test
    void refusesMoreClausesOrValuesThanElasticsearchTakes() {
        var clauses = "{'bool':{'filter':[" + "{'match_all':{}},".repeat(1023) + "{'match_all':{}}]}}";
        var values = "{'terms':{'user_id':[" + "1,".repeat(65_536) + "1]}}";

        assertThatThrownBy(() -> read(clauses)).hasMessage("more than 1024 clauses");
        assertThatThrownBy(() -> read(values)).hasMessage("terms wants at most 65536 values");
    }

    @Test
    void doesNotGiveAHugeQueryBackInItsReason() {
        assertThatThrownBy(() -> read("{'" + "x".repeat(10_000) + "':{}}")).satisfies(e -> assertThat(e.getMessage())
                .startsWith("unknown query: xxx")
                .hasSizeLessThan(310));
    }

    @Test
    void knowsWhichJobsAQueryCanOnlyFind() {
        var query = read("{'bool':{'filter':[{'term':{'backend_id':'B'}},"
                + "{'bool':{'must':{'terms':{'status':['queued','running']}}}},{'terms':{'status':['running']}}]}}");

        assertThat(query.required("backend_id").orElseThrow()).containsExactly("B");
        assertThat(query.required("status").orElseThrow()).containsExactly("running");
        assertThat(query.required("user_id")).isEmpty();
        assertThat(read("{'bool':{'must_not':{'term':{'backend_id':'B'}}}}").required("backend_id"))
                .isEmpty();
    }

    @Test
    void leavesOutWhatIsKnownToFit() {
        var known = Set.of("backend_id", "status");
        var query = read("{'bool':{'filter':[{'term':{'backend_id':'B'}},{'terms':{'status':['queued']}},"
                + "{'range':{'created':{'gte':'now-90d'}}}],'must_not':{'term':{'status':'error'}}}}");

        assertThat(query.without(known).fields()).containsExactlyInAnyOrder("created", "status");
        assertThat(read("{'bool':{'filter':[{'bool':{'must':{'term':{'status':'queued'}}}}]}}")
                        .without(known)
                        .fields())
                .isEmpty();
    }

    @Test
    void knowsWhichFieldsAQueryCannotDoWithout() {
        assertThat(read("{'bool':{'filter':[],'must':{'exists':{'field':'application_id'}}}}")
                        .needs("application_id"))
                .isTrue();
        assertThat(read("{'term':{'application_id':'a'}}").needs("application_id"))
                .isTrue();
        assertThat(read("{'bool':{'must_not':{'exists':{'field':'application_id'}}}}")
                        .needs("application_id"))
                .isFalse();
    }

    private static boolean matches(String query) {
        return read(query).matches(Samples.json(JOB));
    }

    private static Query read(String query) {
        return QueryReader.read(Samples.json(("{'query':" + query + "}").replace('\'', '"')), NOW)
                .query();
    }
}
