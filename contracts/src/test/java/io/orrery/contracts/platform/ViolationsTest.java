package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.platform.Violation.Code;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationsTest {

    /** What is put where in an otherwise valid document; where the one error is then, of which kind, and some of its words. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    /kind                        | Platfrom                       | /kind                        | NOT_ALLOWED  | expected Platform
                    /apiVersion                  | orrery/v2                      | /apiVersion                  | NOT_ALLOWED  | orrery/v1
                    /metadata/name               | De_mo                          | /metadata/name               | MALFORMED    | DNS label
                    /metadata/name               | 12                             | /metadata/name               | WRONG_TYPE   | put it in quotes
                    /metadata/uid                | x                              | /metadata/uid                | UNKNOWN_KEY  | known here: name
                    /spec/pool                   | []                             | /spec/pool                   | UNKNOWN_KEY  | did you mean 'pools'?
                    /spec/a~1b~0c                | 1                              | /spec/a~1b~0c                | UNKNOWN_KEY  | a/b~c
                    /spec/pools/0/cuont          | 3                              | /spec/pools/0/cuont          | UNKNOWN_KEY  | did you mean 'count'?
                    /spec/pools/0/Flavor         | x                              | /spec/pools/0/Flavor         | UNKNOWN_KEY  | did you mean 'flavor'?
                    /spec                        | []                             | /spec                        | WRONG_TYPE   | expected an object, found a list
                    /spec/pools                  | {}                             | /spec/pools                  | WRONG_TYPE   | expected a list, found an object
                    /spec/pools                  | []                             | /spec/pools                  | MISSING      | role server
                    /spec/pools/0                | 7                              | /spec/pools/0                | WRONG_TYPE   | found the number 7
                    /spec/pools/0                | null                           | /spec/pools/0                | WRONG_TYPE   | found nothing
                    /spec/pools/0/count          | 2                              | /spec/pools                  | CONFLICT     | take 1 or 3 in place of 2
                    /spec/pools/0/count          | 4                              | /spec/pools                  | CONFLICT     | take 3 or 5 in place of 4
                    /spec/pools/0/count          | 9                              | /spec/pools                  | OUT_OF_RANGE | at most 7
                    /spec/pools/0/count          | 0                              | /spec/pools                  | MISSING      | role server
                    /spec/pools/0/role           | agent                          | /spec/pools                  | MISSING      | role server
                    /spec/pools/1/count          | 0                              | /spec/pools                  | MISSING      | role agent
                    /spec/pools/0/count          | -1                             | /spec/pools/0/count          | OUT_OF_RANGE | from 0 to 500
                    /spec/pools/0/count          | 99999999999999999999           | /spec/pools/0/count          | OUT_OF_RANGE | from 0 to 500
                    /spec/pools/0/count          | 2.5                            | /spec/pools/0/count          | WRONG_TYPE   | whole number
                    /spec/pools/0/count          | '3'                            | /spec/pools/0/count          | WRONG_TYPE   | take it out of its quotes
                    /spec/pools/0/count          | true                           | /spec/pools/0/count          | WRONG_TYPE   | found the truth value true
                    /spec/pools/0/role           | Server                         | /spec/pools/0/role           | NOT_ALLOWED  | did you mean 'server'?
                    /spec/pools/0/name           | workers                        | /spec/pools/1/name           | DUPLICATE    | /spec/pools/0
                    /spec/pools/0/name           | 1st                            | /spec/pools/0/name           | MALFORMED    | begins with a letter
                    /spec/pools/0/flavor         | ' eo1'                         | /spec/pools/0/flavor         | MALFORMED    | blanks
                    /spec/pools/0/flavor         | ''                             | /spec/pools/0/flavor         | MALFORMED    | name or id
                    /spec/pools/0/labels         | {-a: b}                        | /spec/pools/0/labels/-a      | MALFORMED    | label key
                    /spec/pools/0/labels         | {a: b c}                       | /spec/pools/0/labels/a       | MALFORMED    | value of a label
                    /spec/pools/0/labels         | {a: true}                      | /spec/pools/0/labels/a       | WRONG_TYPE   | put it in quotes
                    /spec/pools/0/labels         | {kubernetes.io/role: x}        | /spec/pools/0/labels/kubernetes.io~1role | NOT_ALLOWED | domain
                    /spec/pools/0/taints         | [a=b]                          | /spec/pools/0/taints/0       | MALFORMED    | key=value:NoSchedule
                    /spec/pools/0/taints         | ['a=b:Never']                  | /spec/pools/0/taints/0       | MALFORMED    | key=value:NoSchedule
                    /spec/pools/0/taints         | ['a:NoExecute', 'a=b:NoExecute'] | /spec/pools/0/taints/1     | DUPLICATE    | there already
                    /spec/pools/0/zones          | [az1, az1]                     | /spec/pools/0/zones/1        | DUPLICATE    | zone
                    /spec/pools/0/volume         | {}                             | /spec/pools/0/volume/size    | MISSING      | GiB
                    /spec/pools/0/volume         | {size: 0}                      | /spec/pools/0/volume/size    | OUT_OF_RANGE | from 1
                    /spec/cloud                  | creodias                       | /spec/cloud                  | WRONG_TYPE   | expected an object
                    /spec/cloud                  | null                           | /spec/cloud                  | MISSING      | clouds.yaml
                    /spec/cloud/name             | ../etc/passwd                  | /spec/cloud/name             | MALFORMED    | clouds.yaml
                    /spec/image                  | {name: a, build: {}}           | /spec/image/build            | CONFLICT     | does not go together with name
                    /spec/image                  | {name: null}                   | /spec/image/name             | MISSING      | existing image
                    /spec/image                  | {nmae: a}                      | /spec/image/nmae             | UNKNOWN_KEY  | did you mean 'name'?
                    /spec/network/cidr           | 10.20.0.5/24                   | /spec/network/cidr           | MALFORMED    | behind the prefix
                    /spec/network/cidr           | 10.20.0.0                      | /spec/network/cidr           | MALFORMED    | address/prefix
                    /spec/network/cidr           | 10.20.0.0/33                   | /spec/network/cidr           | MALFORMED    | 0 to 32
                    /spec/network/cidr           | 10.20.256.0/24                 | /spec/network/cidr           | MALFORMED    | not an IP address
                    /spec/network/cidr           | example.org/24                 | /spec/network/cidr           | MALFORMED    | not an IP address
                    /spec/network/cidr           | 10.0.0.0/15                    | /spec/network/cidr           | OUT_OF_RANGE | /16 to /28
                    /spec/network/cidr           | 10.20.0.0/29                   | /spec/network/cidr           | OUT_OF_RANGE | /16 to /28
                    /spec/network/cidr           | 127.0.0.0/24                   | /spec/network/cidr           | NOT_ALLOWED  | no machine can have
                    /spec/network/cidr           | '2001:db8::/64'                | /spec/network/cidr           | NOT_ALLOWED  | IPv4
                    /spec/network/cidr           | 10.42.7.0/24                   | /spec/kubernetes/pods        | CONFLICT     | overlaps network.cidr
                    /spec/kubernetes/services    | 10.42.128.0/20                 | /spec/kubernetes/services    | CONFLICT     | overlaps kubernetes.pods
                    /spec/network/allow/http     | [everybody]                    | /spec/network/allow/http/0   | MALFORMED    | address/prefix
                    /spec/network/dns            | [dns.example.org]              | /spec/network/dns/0          | MALFORMED    | not an IP address
                    /spec/network/api/endpoint   | loadbalancer                   | /spec/network/api/endpoint   | NOT_ALLOWED  | vip, octavia
                    /spec/network/borrow         | {subnet: s}                    | /spec/network/borrow/network | MISSING      | needs its network
                    /spec/kubernetes             | {distribution: rke}            | /spec/kubernetes/version     | MALFORMED    | rancherN-M
                    /spec/kubernetes/version     | '1.35.4'                       | /spec/kubernetes/version     | MALFORMED    | vX.Y.Z+rke2rN
                    /spec/kubernetes/version     | 1.35                           | /spec/kubernetes/version     | WRONG_TYPE   | put it in quotes
                    /spec/kubernetes             | {distribution: rke, version: v1.32.6-rancher1-1, cni: cilium} | /spec/kubernetes/cni | CONFLICT | canal, calico and flannel
                    /spec/kubernetes             | {existing: {}, version: v1.35.4+rke2r1} | /spec/kubernetes/version | CONFLICT | does not go together
                    /spec/kubernetes/snapshots   | {cron: '* * *'}                | /spec/kubernetes/snapshots/cron | MALFORMED | five fields
                    /spec/storage/s3             | {endpoint: /s3}                | /spec/storage/s3/endpoint    | MALFORMED    | absolute
                    /spec/storage/s3             | {endpoint: 'ftp://a'}          | /spec/storage/s3/endpoint    | NOT_ALLOWED  | http
                    /spec/storage/s3             | {endpoint: 'https://u:p@a'}    | /spec/storage/s3/endpoint    | MALFORMED    | without user or password
                    /spec/storage/s3             | {endpoint: 'https://a?b'}      | /spec/storage/s3/endpoint    | NOT_ALLOWED  | before any ?
                    /spec/storage/s3             | {bucket: a..b}                 | /spec/storage/s3/bucket      | MALFORMED    | S3 refuses
                    /spec/storage/s3             | {credentials: a/b}             | /spec/storage/s3/credentials | MALFORMED    | mounted credential
                    /spec/spark/jobs/namespace   | Spark                          | /spec/spark/jobs/namespace   | MALFORMED    | DNS label
                    /spec/openeo/host            | https://openeo.example.org     | /spec/openeo/host            | MALFORMED    | host name
                    /spec/openeo/host            | null                           | /spec/openeo/host            | MISSING      | Host name
                    /spec/openeo/image           | Not An Image                   | /spec/openeo/image           | MALFORMED    | container image
                    /spec/openeo/driver/memory   | 4096                           | /spec/openeo/driver/memory   | WRONG_TYPE   | such as 4g
                    /spec/openeo/driver/memory   | 4G                             | /spec/openeo/driver/memory   | MALFORMED    | 4g
                    /spec/openeo/env             | {1A: x}                        | /spec/openeo/env/1A          | MALFORMED    | environment variable
                    /spec/openeo/env             | {AWS_SECRET_ACCESS_KEY: x}     | /spec/openeo/env/AWS_SECRET_ACCESS_KEY | NOT_ALLOWED | openeo.secrets
                    /spec/openeo/env             | {DB_PASSWORD: x}               | /spec/openeo/env/DB_PASSWORD | NOT_ALLOWED  | openeo.secrets
                    /spec/openeo/collections     | {}                             | /spec/openeo/collections     | MISSING      | one of inline, file, url
                    /spec/openeo/collections       | {file: a, url: 'https://a'}    | /spec/openeo/collections     | CONFLICT     | file and url exclude each other
                    /spec/openeo/collections     | {inline: []}                   | /spec/openeo/collections/inline | OUT_OF_RANGE | at least 1
                    /spec/openeo/collections     | {inline: [A]}                  | /spec/openeo/collections/inline | MALFORMED | must be an object
                    /spec/openeo/collections     | {inline: [{title: A}]}         | /spec/openeo/collections/inline/0/id | MISSING | needs an id
                    /spec/openeo/collections     | {inline: [{id: A}, {id: A}]}   | /spec/openeo/collections/inline/1/id | DUPLICATE | collection 0
                    /spec/openeo/collections     | {url: layercatalog.json}       | /spec/openeo/collections/url | MALFORMED    | absolute
                    /spec/jobs/retention         | 0d                             | /spec/jobs/retention         | OUT_OF_RANGE | from 1d
                    /spec/jobs/retention         | 90 days                        | /spec/jobs/retention         | MALFORMED    | 90d
                    /spec/jobs/cron              | '61 * * * *'                   | /spec/jobs/cron              | MALFORMED    | minute
                    /spec/jobs/costs             | {fee: -1}                      | /spec/jobs/costs/fee         | OUT_OF_RANGE | below 0
                    /spec/jobs/registry          | {}                             | /spec/jobs/registry/url      | MISSING      | base URL
                    /spec/monitoring/prometheus  | 'on'                           | /spec/monitoring/prometheus  | WRONG_TYPE   | true or false
                    /spec/monitoring/cost        | expensive                      | /spec/monitoring/cost        | NOT_ALLOWED  | opencost, kubecost, none
                    /spec/policy/drift           | ignore                         | /spec/policy/drift           | NOT_ALLOWED  | repair, report
                    """)
    void refuses(String pointer, String value, String where, Code code, String words) {
        var violations = Documents.violations(Documents.briefWith(pointer, value));

        assertThat(violations).anySatisfy(violation -> {
            assertThat(violation.pointer()).isEqualTo(where);
            assertThat(violation.code()).isEqualTo(code);
            assertThat(violation.message()).contains(words.replace('\'', '"'));
        });
    }

    @Test
    void reportsAllErrorsAtOnce() {
        var violations = Documents.violations(Documents.tree("""
                metadata: {name: X}
                spec:
                  clod: {name: a}
                  network: {cidr: 172.16.0.0/12}
                  kubernetes: {version: latest}
                  pools:
                    - {name: a, role: server, count: 2, flavor: f, volume: {size: big}}
                    - {name: a, role: agent, count: many, flavor: f}
                  openeo: {env: {A: 1}}
                """));

        assertThat(violations)
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/metadata/name",
                        "/spec/cloud",
                        "/spec/clod",
                        "/spec/network/cidr",
                        "/spec/kubernetes/version",
                        "/spec/pools",
                        "/spec/pools/0/volume/size",
                        "/spec/pools/1/count",
                        "/spec/pools/1/name",
                        "/spec/openeo/host",
                        "/spec/openeo/collections",
                        "/spec/openeo/env/A");
    }

    @Test
    void saysNothingAboutSumsOfPoolsItCouldNotRead() {
        var violations = Documents.violations(Documents.briefWith("/spec/pools/0/count", "three"));

        assertThat(violations).extracting(Violation::pointer).containsExactly("/spec/pools/0/count");
    }

    @Test
    void refusesPoolsBesideAnExistingKubernetes() {
        var violations = Documents.violations(
                Documents.with(Documents.existing(), "/spec/pools", "[{name: a, role: agent, count: 1, flavor: f}]"));

        assertThat(violations).extracting(Violation::pointer).containsExactly("/spec/pools");
    }

    @Test
    void wantsStorageToBeSaidWhereThereIsNoCloudToAsk() {
        var violations = Documents.violations(Documents.with(Documents.existing(), "/spec/storage", "{}"));

        assertThat(violations)
                .extracting(Violation::pointer)
                .containsExactly("/spec/storage/s3/endpoint", "/spec/storage/s3/credentials");
    }

    @Test
    void seesThatMachinesDoNotFitIntoTheNetwork() {
        var small = Documents.with(Documents.brief(), "/spec/network", "{cidr: 10.20.0.0/28}");
        assertThat(PlatformReader.read(small)).isInstanceOf(Reading.Valid.class);

        var violations = Documents.violations(Documents.with(
                "{metadata: {name: demo}, spec: {cloud: {name: c}, network: {cidr: 10.20.0.0/28}, pools: [], "
                        + "openeo: {host: h, collections: {file: f}}}}",
                "/spec/pools",
                "[{name: a, role: server, count: 3, flavor: f}, {name: b, role: agent, count: 8, flavor: f}]"));

        assertThat(violations)
                .containsExactly(new Violation(
                        "/spec/network/cidr",
                        Code.OUT_OF_RANGE,
                        "10.20.0.0/28 has room for 10 machines, and the pools have 11"));
    }

    @Test
    void refusesPricesThatAreNoNumbers() {
        var tree = new HashMap<String, Object>(PlatformWriter.toTree(Documents.valid(Documents.brief())));
        tree.put("spec", Map.of("jobs", Map.of("costs", Map.of("fee", Double.NaN))));

        assertThat(Documents.violations(tree)).anySatisfy(violation -> {
            assertThat(violation.pointer()).isEqualTo("/spec/jobs/costs/fee");
            assertThat(violation.message()).isEqualTo("expected a finite number, found the number NaN");
        });
    }

    @Test
    void namesEveryPartThatAnEmptyDocumentLacks() {
        assertThat(Documents.violations(Documents.tree("{}")))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/metadata/name",
                        "/spec/cloud",
                        "/spec/pools", // a pool of servers
                        "/spec/pools", // a pool of agents
                        "/spec/openeo/host",
                        "/spec/openeo/collections");
    }
}
