package io.orrery.sandbox.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkedFirmwareIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private final LinkedFirmware firmware =
            new LinkedFirmware(LinkSettings.bare().withStart(Duration.ofMillis(20)));
    private final Site site = new Site();
    private final KubernetesClient client = site.client();

    @AfterEach
    void close() {
        client.close();
        firmware.close();
    }

    private static ConditionFactory within() {
        return await().atMost(DEADLINE).pollInterval(Duration.ofMillis(100));
    }

    private FakeGuest on(String name, CloudConfigs userData) {
        var machine = site.machine(name, userData);
        firmware.powerOn(machine);
        return machine;
    }

    private List<String> ready() {
        return client.nodes().list().getItems().stream()
                .filter(LinkedFirmwareIT::isReady)
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private void awaitReady(String... names) {
        within().ignoreException(KubernetesClientException.class)
                .untilAsserted(() -> assertThat(ready()).containsExactlyInAnyOrder(names));
    }

    private void awaitLine(FakeGuest machine, String text) {
        within().untilAsserted(() -> assertThat(machine.lines()).anyMatch(line -> line.contains(text)));
    }

    private void apiAnswers(boolean wanted) {
        within().untilAsserted(() -> assertThat(answers()).isEqualTo(wanted));
    }

    private boolean answers() {
        try {
            client.nodes().list();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    @Test
    void machinesOfEachRoleBecomeReadyNodesWhateverTheOrderTheyBootIn() {
        on("a1", site.agent());
        on("s2", site.server());
        on("s3", site.server());
        on("s1", site.init());

        awaitReady("s1", "s2", "s3", "a1");
        assertThat(client.nodes().withName("s1").get().getMetadata().getLabels())
                .containsEntry("node-role.kubernetes.io/etcd", "true");
        assertThat(firmware.clusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.apiServer()).hasToString("https://" + site.outside + ":6443");
            assertThat(cluster.nodes()).hasSize(4);
        });
        assertThat(firmware.machines())
                .extracting(LinkedFirmware.MachineView::state)
                .contains("node a1");
    }

    @Test
    void theApiLivesWhileAMajorityOfItsServersRunsAndEndsWithTheLast() {
        var first = on("s1", site.init());
        awaitReady("s1");
        var second = on("s2", site.server());
        var third = on("s3", site.server());
        awaitReady("s1", "s2", "s3");

        firmware.powerOff(first.id());
        apiAnswers(true);
        firmware.powerOff(second.id());
        apiAnswers(false);
        firmware.powerOn(second);
        apiAnswers(true);
        assertThat(client.nodes().withName("s1").get()).as("its Node stays").isNotNull();
        List.of(first, second, third).forEach(machine -> firmware.delete(machine.id()));

        apiAnswers(false);
        assertThat(firmware.clusters()).isEmpty();
    }

    @Test
    void aServerWhoseNodeIsDeletedIsNoLongerCountedInEtcd() {
        on("s1", site.init());
        awaitReady("s1");
        on("s2", site.server());
        var third = on("s3", site.server());
        awaitReady("s1", "s2", "s3");
        firmware.delete(third.id());
        client.nodes().withName("s3").delete();

        var fourth = on("s4", site.server());
        awaitReady("s1", "s2", "s4");
        firmware.powerOff(fourth.id());

        apiAnswers(true);
    }

    @Test
    void anEtcdMemberIsTakenOutOnRequestByAnnotation() {
        on("s1", site.init());
        awaitReady("s1");
        on("s2", site.server());
        awaitReady("s1", "s2");

        annotate("s2", Map.of(EtcdAnnotations.REMOVE, "true"));

        within().untilAsserted(() -> assertThat(
                        client.nodes().withName("s2").get().getMetadata().getAnnotations())
                .hasEntrySatisfying(
                        EtcdAnnotations.REMOVED, name -> assertThat(name).startsWith("s2-"))
                .doesNotContainKey(EtcdAnnotations.NODE_NAME));
        annotate("s1", Map.of(EtcdAnnotations.REMOVE, "true"));
        within().untilAsserted(() -> assertThat(
                        client.nodes().withName("s1").get().getMetadata().getAnnotations())
                .as("the last member stays")
                .doesNotContainKeys(EtcdAnnotations.REMOVE, EtcdAnnotations.REMOVED));
        assertThat(answers()).isTrue();
    }

    private void annotate(String node, Map<String, String> annotations) {
        client.nodes().withName(node).edit(found -> found.edit()
                .editMetadata()
                .addToAnnotations(annotations)
                .endMetadata()
                .build());
    }

    @Test
    void aMachineSwitchedOnAgainIsTheNodeItWas() {
        on("s1", site.init());
        var agent = on("a1", site.agent());
        awaitReady("s1", "a1");
        var uid = client.nodes().withName("a1").get().getMetadata().getUid();

        firmware.powerOff(agent.id());
        agent.lines().clear();
        firmware.powerOn(agent);

        awaitLine(agent, "Started rke2-agent.service");
        awaitReady("s1", "a1");
        assertThat(client.nodes().withName("a1").get().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void anotherMachineWithTheNameOfANodeIsRefusedUntilTheNodeIsDeleted() {
        on("s1", site.init());
        var former = on("a1", site.agent());
        awaitReady("s1", "a1");
        firmware.delete(former.id());

        var latter = on("a1", site.agent());

        awaitLine(latter, "Node password rejected, duplicate hostname");
        client.nodes().withName("a1").delete();
        awaitLine(latter, "Started rke2-agent.service");
        awaitReady("s1", "a1");
    }

    @Test
    void tokensOfAnotherClusterAreRefusedWithTheWordsOfRke2() {
        on("s1", site.init());
        awaitReady("s1");

        awaitLine(
                on("a1", site.agent(new Site().token("node", "agent-secret"))),
                "token CA hash does not match the Cluster CA certificate hash: ");
        awaitLine(
                on("a2", site.agent(site.token("node", "server-secret"))),
                "/v1-rke2/serving-kubelet.crt: 401 Unauthorized");
        awaitLine(
                on(
                        "s2",
                        CloudConfigs.server()
                                .configured(site.common().replace("server-secret", "guessed") + "server: https://"
                                        + Site.VIP + ":9345\n")),
                "/v1-rke2/server-bootstrap: 401 Unauthorized");
        awaitLine(
                on(
                        "s3",
                        CloudConfigs.server()
                                .configured(site.common() + "service-cidr: 10.99.0.0/16\nserver: https://" + Site.VIP
                                        + ":9345\n")),
                "critical configuration value mismatch between servers: [service-cidr]");
        awaitReady("s1");
    }

    @Test
    void aShortTokenJoinsWithAWarning() {
        on("s1", site.init());
        var agent = on("a1", site.agent("agent-secret"));

        awaitReady("s1", "a1");
        awaitLine(agent, "the token does not include a CA hash");
    }

    @Test
    void aJoinerWithoutAClusterTriesAgainUntilThereIsOne() {
        var agent = on("a1", site.agent());
        awaitLine(
                agent,
                "level=error msg=\"failed to get CA certs: Get \\\"https://" + Site.VIP + ":9345/cacerts\\\": dial tcp "
                        + Site.VIP + ":9345: connect: connection refused\"");

        on("s1", site.init());

        awaitReady("s1", "a1");
    }

    @Test
    void anAgentWhoseClusterIsNoMoreLooksForItAndRefusesItsSuccessor() {
        var server = on("s1", site.init());
        var agent = on("a1", site.agent());
        awaitReady("s1", "a1");
        agent.lines().clear();

        firmware.delete(server.id());

        awaitLine(agent, "connection refused");
        var successor = new Site();
        var next = new FakeGuest("s2", successor.init().bytes(), server.nics().getFirst(), server.floating());
        firmware.powerOn(next);
        awaitLine(agent, "token CA hash does not match");
    }

    @Test
    void aMachineOfAnotherNetworkDoesNotReachTheVirtualAddress() {
        on("s1", site.init());
        awaitReady("s1");
        var stranger = new FakeGuest(
                "a1", site.agent().bytes(), new Guest.Nic("elsewhere", "10.20.0.77", List.of()), Map.of());

        firmware.powerOn(stranger);

        awaitLine(stranger, "connection refused");
        assertThat(ready()).containsExactly("s1");
    }

    @Test
    void userDataThatCannotBeUsedLeavesItsReasonAndNoNode() {
        var broken = new FakeGuest(
                "s1",
                "#cloud-config\nruncmd: [".getBytes(StandardCharsets.UTF_8),
                new Guest.Nic(site.network, "10.20.0.9", List.of()),
                Map.of());
        firmware.powerOn(broken);
        awaitLine(broken, "Failed loading yaml blob");

        var idle = on("s2", new CloudConfigs().configured(site.common()).running("systemctl enable rke2-server"));
        awaitLine(idle, "no command starts rke2-server or rke2-agent");

        var mixed = on("s3", site.init().with(ClusterCa.FOLDER + "client-ca.key", "no key"));
        awaitLine(mixed, "failed to generate certificates: client-ca");
        assertThat(firmware.clusters()).isEmpty();
    }

    @Test
    void aMachineMaySwitchItselfOff() {
        var builder = FakeGuest.of(
                "#cloud-config\nruncmd: ['true']\npower_state: {mode: poweroff}\n".getBytes(StandardCharsets.UTF_8));

        firmware.powerOn(builder);

        within().untilTrue(builder.off());
    }
}
