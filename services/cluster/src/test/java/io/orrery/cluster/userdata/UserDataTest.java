package io.orrery.cluster.userdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orrery.cluster.Samples;
import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Tokens;
import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.Recipe;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.platform.Kubernetes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class UserDataTest {

    private static final String CONFIG = "/etc/rancher/rke2/config.yaml";
    private static final String TLS = "/var/lib/rancher/rke2/server/tls/";
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final ClusterKeys KEYS = new KeyMaker(Samples.rsaKeys(), Clock.systemUTC()).make("demo");
    private final UserData userData = new UserData(URI.create("https://get.rke2.io"), "kube-vip:v1");

    @Test
    void theFirstServerGetsAllKeysAndNobodyToJoin() throws IOException {
        var files = files(userData.init(recipe(Map.of()), KEYS));

        assertThat(content(files, TLS + "server-ca.crt"))
                .isEqualTo(KEYS.serverCa().certificate());
        assertThat(content(files, TLS + "server-ca.key"))
                .isEqualTo(KEYS.serverCa().key());
        assertThat(content(files, TLS + "service.key")).isEqualTo(KEYS.serviceKey());
        assertThat(files)
                .containsKeys(
                        TLS + "client-ca.crt",
                        TLS + "client-ca.key",
                        TLS + "request-header-ca.crt",
                        TLS + "request-header-ca.key",
                        TLS + "etcd/peer-ca.crt",
                        TLS + "etcd/peer-ca.key",
                        TLS + "etcd/server-ca.crt",
                        TLS + "etcd/server-ca.key");
        assertThat(config(files).has("server")).isFalse();
    }

    @Test
    void keysAndTokensAreForRootAlone() throws IOException {
        var files = files(userData.init(recipe(Map.of()), KEYS));

        assertThat(files.entrySet())
                .filteredOn(file -> file.getValue().path("content").asText().contains("PRIVATE KEY")
                        || file.getKey().equals(CONFIG))
                .hasSize(7)
                .allSatisfy(file ->
                        assertThat(file.getValue().path("permissions").asText()).isEqualTo("0600"));
    }

    @Test
    void serversJoinWithTheServersTokenAndKnowTheAgentsPassword() throws IOException {
        var files = files(userData.server(recipe(Map.of()), KEYS));

        assertThat(config(files).path("server").asText()).isEqualTo("https://10.20.0.5:9345");
        assertThat(config(files).path("token").asText()).isEqualTo(Tokens.server(KEYS));
        assertThat(config(files).path("agent-token").asText()).isEqualTo(KEYS.agentPassword());
        assertThat(files.keySet()).noneMatch(path -> path.startsWith(TLS));
    }

    @Test
    void agentsJoinWithTheirOwnTokenAndLearnNothingOfServers() throws IOException {
        var data = userData.agent(recipe(Map.of()), KEYS);

        assertThat(config(files(data)).path("server").asText()).isEqualTo("https://10.20.0.5:9345");
        assertThat(config(files(data)).path("token").asText()).isEqualTo(Tokens.agent(KEYS));
        assertThat(text(data)).doesNotContain(KEYS.serverPassword()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void whatMustBeEqualOnAllServersIs() throws IOException {
        var first = (ObjectNode) config(files(userData.init(recipe(Map.of()), KEYS)));
        var joining = (ObjectNode) config(files(userData.server(recipe(Map.of()), KEYS)));

        joining.remove("server");
        assertThat(joining).isEqualTo(first);
    }

    @Test
    void theApiServersCertificateIsForItsAddressesInsideAndOutside() throws IOException {
        var names = config(files(userData.init(recipe(Map.of()), KEYS))).path("tls-san");

        assertThat(names).map(JsonNode::asText).containsExactly("10.20.0.5", "127.64.0.7");
    }

    @Test
    void eachRoleStartsItsUnitMasksTheOtherAndDoesNotWaitForIt() throws IOException {
        assertThat(commands(userData.server(recipe(Map.of()), KEYS)))
                .contains(
                        "systemctl mask rke2-agent.service",
                        "systemctl enable rke2-server.service",
                        "systemctl start --no-block rke2-server.service")
                .doesNotContain("systemctl start --no-block rke2-agent.service");
        assertThat(commands(userData.agent(recipe(Map.of()), KEYS)))
                .contains("systemctl mask rke2-server.service", "systemctl start --no-block rke2-agent.service");
    }

    @Test
    void podsAreCutOffFromTheMetadataServiceBeforeKubernetesStarts() throws IOException {
        for (var data : all(recipe(Map.of("pods", "10.99.0.0/16")))) {
            var files = files(data);
            assertThat(content(files, "/etc/orrery/metadata-guard.nft"))
                    .contains("ip saddr 10.99.0.0/16 ip daddr 169.254.169.254 drop");
            assertThat(content(files, "/etc/systemd/system/orrery-metadata-guard.service"))
                    .contains("RequiredBy=rke2-server.service rke2-agent.service");
            assertThat(commands(data))
                    .containsSubsequence("systemctl enable --now orrery-metadata-guard.service", starting(data));
        }
    }

    @Test
    void ciliumIsToldToCutThemOffToo() throws IOException {
        var files = files(userData.init(recipe(Map.of("cni", "cilium")), KEYS));

        assertThat(content(files, "/var/lib/rancher/rke2/server/manifests/orrery-metadata-guard.yaml"))
                .contains("CiliumClusterwideNetworkPolicy", "169.254.169.254/32");
    }

    @Test
    void canalLearnsOfANetworkThatIsNotTheUsualOne() throws IOException {
        var narrow = new Foundation(
                "network",
                "subnet",
                "10.20.0.0/24",
                1442,
                "10.20.0.5",
                "127.64.0.7",
                "image",
                Optional.empty(),
                Optional.empty(),
                List.of());
        var files = files(userData.init(recipe(Map.of(), narrow), KEYS));

        assertThat(content(files, "/var/lib/rancher/rke2/server/manifests/orrery-network.yaml"))
                .contains("rke2-canal", "vethuMTU: 1392");
        assertThat(files(userData.init(recipe(Map.of()), KEYS)))
                .doesNotContainKey("/var/lib/rancher/rke2/server/manifests/orrery-network.yaml");
    }

    @Test
    void serversHandTheAddressToEachOther() throws IOException {
        var files = files(userData.server(recipe(Map.of()), KEYS));
        var pod = YAML.readTree(content(files, "/var/lib/rancher/rke2/agent/pod-manifests/kube-vip.yaml"));

        assertThat(pod.path("spec").path("containers").get(0).path("image").asText())
                .isEqualTo("kube-vip:v1");
        assertThat(pod.path("spec").path("containers").get(0).path("env"))
                .anySatisfy(env -> assertThat(env.path("value").asText()).isEqualTo("10.20.0.5"));
    }

    @Test
    void anIngressControllerIsLeftOutByTheNameThatTheVersionBringsItUnder() throws IOException {
        assertThat(config(files(userData.init(recipe(Map.of("version", "v1.35.4+rke2r1")), KEYS)))
                        .path("disable"))
                .map(JsonNode::asText)
                .containsExactly("rke2-ingress-nginx");
        assertThat(config(files(userData.init(recipe(Map.of("version", "v1.36.0+rke2r1")), KEYS)))
                        .path("disable"))
                .map(JsonNode::asText)
                .containsExactly("rke2-traefik");
    }

    @Test
    void staysFarBelowWhatNovaTakes() {
        for (var data : all(recipe(Map.of()))) {
            assertThat(Base64.getEncoder().encodeToString(data).length()).isLessThan(65_535 / 2);
        }
    }

    @Test
    void isPackedWhenItComesNearTheLimit() throws IOException {
        var config = new CloudConfig().file("/large", "01234567".repeat(CloudConfig.LIMIT / 8));

        var data = config.bytes();

        assertThat(Base64.getEncoder().encodeToString(data).length()).isLessThan(65_535);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(data))) {
            assertThat(new String(unpacked.readAllBytes(), UTF_8)).startsWith("#cloud-config\n");
        }
    }

    @Test
    void isTheSameForTheSameRecipeAndKeys() {
        assertThat(userData.server(recipe(Map.of()), KEYS)).isEqualTo(userData.server(recipe(Map.of()), KEYS));
    }

    @Test
    void serversHandTheAddressToEachOtherUnlessALoadBalancerHasIt() throws IOException {
        var network = Map.<String, Object>of("api", Map.of("endpoint", "octavia"));
        var spec = Samples.document(Map.of(), Samples.workers(), network).spec();
        var balanced = Recipe.of(spec, (Kubernetes.Managed) spec.kubernetes(), Samples.foundation());

        assertThat(files(userData.init(recipe(Map.of()), KEYS))).containsKey(KubeVip.PATH);
        assertThat(files(userData.init(balanced, KEYS))).doesNotContainKey(KubeVip.PATH);
        assertThat(files(userData.server(balanced, KEYS))).doesNotContainKey(KubeVip.PATH);
        assertThat(config(files(userData.server(balanced, KEYS))).path("server").asText())
                .isEqualTo("https://" + Samples.foundation().vip() + ":9345");
        assertThat(config(files(userData.init(balanced, KEYS))).path("tls-san"))
                .extracting(JsonNode::asText)
                .contains(Samples.foundation().vip(), Samples.foundation().apiAddress());
    }

    private List<byte[]> all(Recipe recipe) {
        return List.of(userData.init(recipe, KEYS), userData.server(recipe, KEYS), userData.agent(recipe, KEYS));
    }

    private static Recipe recipe(Map<String, Object> kubernetes) {
        return recipe(kubernetes, Samples.foundation());
    }

    private static Recipe recipe(Map<String, Object> kubernetes, Foundation foundation) {
        var spec = Samples.document(kubernetes, Samples.workers()).spec();
        return Recipe.of(spec, (Kubernetes.Managed) spec.kubernetes(), foundation);
    }

    private static String starting(byte[] data) throws IOException {
        return commands(data).stream()
                .filter(command -> command.startsWith("systemctl start --no-block rke2-"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(byte[] data) {
        return new String(data, UTF_8);
    }

    private static Map<String, JsonNode> files(byte[] data) throws IOException {
        assertThat(text(data)).startsWith("#cloud-config\n");
        var files = new HashMap<String, JsonNode>();
        YAML.readTree(data)
                .path("write_files")
                .forEach(file -> files.put(file.path("path").asText(), file));
        return files;
    }

    private static List<String> commands(byte[] data) throws IOException {
        var commands = new ArrayList<String>();
        YAML.readTree(data).path("runcmd").forEach(command -> {
            var words = new ArrayList<String>();
            command.forEach(word -> words.add(word.asText()));
            commands.add(String.join(" ", words));
        });
        return commands;
    }

    private static String content(Map<String, JsonNode> files, String path) {
        assertThat(files).containsKey(path);
        return files.get(path).path("content").asText();
    }

    private static JsonNode config(Map<String, JsonNode> files) throws IOException {
        return YAML.readTree(content(files, CONFIG));
    }
}
