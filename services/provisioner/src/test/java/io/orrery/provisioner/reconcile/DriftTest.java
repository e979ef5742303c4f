package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Keys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people change by hand is put right, or told, as the document says. */
class DriftTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Works works = new Works();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void stand() {
        works.untilReady();
    }

    @AfterEach
    void close() {
        works.close();
        http.close();
    }

    @Test
    void namesANetworkRightThatSomebodyRenamed() throws Exception {
        change("PUT", "/networks/" + id(Keys.NETWORK), "{\"network\": {\"name\": \"mine now\"}}");

        works.pass();

        assertThat(works.cloud.inventory().names("network"))
                .contains("orrery-demo-" + works.uid().shortForm() + "-network")
                .doesNotContain("mine now");
    }

    @Test
    void makesAPortAnewThatSomebodyDeletedAndPlugsItIn() throws Exception {
        var slot = works.slots().getFirst();
        var lost = id(Keys.port(slot.name(), 0));
        change("DELETE", "/ports/" + lost, "");

        works.until(() -> works.infrastructure().orElseThrow().resources().stream()
                .anyMatch(line -> line.key().equals(Keys.port(slot.name(), 0))
                        && line.id().filter(id -> !id.equals(lost)).isPresent()));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
        works.pass();

        var port = ask("/ports/" + id(Keys.port(slot.name(), 0))).path("port");
        assertThat(port.path("device_id").asText()).isEqualTo(slot.serverId().orElseThrow());
        assertThat(port.path("allowed_address_pairs").toString())
                .contains(works.infrastructure()
                        .orElseThrow()
                        .foundation()
                        .orElseThrow()
                        .vip());
    }

    @Test
    void keepsTheApiServersAddressWhenItsPortIsMadeAnew() throws Exception {
        var vip =
                works.infrastructure().orElseThrow().foundation().orElseThrow().vip();
        var lost = id(Keys.VIP);
        change("DELETE", "/ports/" + lost, "");

        works.until(() -> !id(Keys.VIP).equals(lost));
        works.untilInfrastructure(status -> status.phase() == Phase.READY);

        var port = ask("/ports/" + id(Keys.VIP)).path("port");
        assertThat(port.at("/fixed_ips/0/ip_address").asText()).isEqualTo(vip);
        assertThat(ask("/floatingips/" + id(Keys.FLOATING_IP))
                        .at("/floatingip/port_id")
                        .asText())
                .isEqualTo(id(Keys.VIP));
    }

    @Test
    void bringsSecurityGroupRulesBackAsSetDifference() throws Exception {
        var group = id(Keys.SERVERS);
        var before = rules(group);
        var removed = ask("/security-groups/" + group)
                .at("/security_group/security_group_rules/5/id")
                .asText();
        change("DELETE", "/security-group-rules/" + removed, "");
        change("POST", "/security-group-rules", """
                {"security_group_rule": {"security_group_id": "%s", "direction": "ingress", "ethertype": "IPv4",
                 "protocol": "udp", "port_range_min": 8472, "port_range_max": 8472}}""".formatted(group));

        works.pass();

        assertThat(rules(group)).hasSameSizeAs(before);
        works.cloud.resetCalls();
        works.pass();
        assertThat(works.cloud.calls().keySet()).allMatch(call -> call.verb().equals("GET"));
    }

    @Test
    void opensThePortsToWhomTheDocumentAllowsThem() throws Exception {
        works.wish(Works.DOCUMENT.replace(
                "network: {attach: [eodata]}", "network: {attach: [eodata], allow: {api: [192.0.2.0/24]}}"));

        works.pass();

        assertThat(ask("/security-groups/" + id(Keys.SERVERS)).toString()).contains("192.0.2.0/24");
    }

    @Test
    void onlyTellsWhatDiffersWhereTheDocumentSaysSo() throws Exception {
        works.wish(Works.DOCUMENT + "  policy: {drift: report}\n");
        works.untilInfrastructure(status -> status.phase() == Phase.READY && status.observedGeneration() == 2);
        change("PUT", "/networks/" + id(Keys.NETWORK), "{\"network\": {\"name\": \"mine now\"}}");

        works.pass();

        assertThat(works.cloud.inventory().names("network")).contains("mine now");
        var status = works.infrastructure().orElseThrow();
        assertThat(status.phase()).isEqualTo(Phase.DEGRADED);
        assertThat(status.conditions())
                .anyMatch(condition ->
                        condition.type().equals("Drift") && condition.message().contains("name network"));
    }

    private String id(String key) {
        return works.infrastructure().orElseThrow().resources().stream()
                .filter(line -> line.key().equals(key) && line.state() == Resource.State.PRESENT)
                .findFirst()
                .flatMap(line -> line.id())
                .orElse("");
    }

    private JsonNode rules(String group) throws Exception {
        return ask("/security-groups/" + group).at("/security_group/security_group_rules");
    }

    private JsonNode ask(String path) throws Exception {
        return JSON.readTree(send("GET", path, ""));
    }

    private void change(String verb, String path, String body) throws Exception {
        send(verb, path, body);
    }

    private String send(String verb, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(works.cloud.root() + "/network/v2.0" + path))
                .header("X-Auth-Token", token())
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer.body();
    }

    private String token() throws IOException, InterruptedException {
        var body = """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "openeo",
                 "domain": {"name": "Default"}, "password": "openeo-secret"}}},
                 "scope": {"project": {"name": "openeo", "domain": {"name": "Default"}}}}}""";
        var request = HttpRequest.newBuilder(URI.create(works.cloud.authUrl() + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("x-subject-token")
                .orElseThrow();
    }
}
