package io.orrery.sparkdeployer.plan;

import static io.orrery.sparkdeployer.harness.World.DEMO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.orrery.contracts.Phase;
import io.orrery.sparkdeployer.harness.NoClusters;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents in, manifests out: {@code <case>.in.yaml} and {@code <case>.out.yaml} among the test resources. */
class ManifestsTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Path CASES = Path.of("src/test/resources/manifests");

    private final World world = new World(new NoClusters());

    @ParameterizedTest
    @ValueSource(strings = {"brief", "everything"})
    void followFromDocumentAndFactsBesideTheDefinitions(String name) throws Exception {
        credentials();
        world.wish(Files.readString(CASES.resolve(name + ".in.yaml")));
        othersAreReady();

        var manifests = world.preview().of(DEMO).stream()
                .filter(object -> !object.getKind().equals("CustomResourceDefinition"))
                .map(YAML::asYaml)
                .collect(Collectors.joining());

        Files.writeString(Path.of("target", name + ".out.yaml"), manifests);
        assertThat(manifests)
                .as("what came is in target/%s.out.yaml", name)
                .isEqualTo(Files.readString(CASES.resolve(name + ".out.yaml")));
    }

    @Test
    void areInAnOrderInWhichEachFindsWhatItNeeds() throws Exception {
        world.wishInline(World.ONE_COLLECTION);
        othersAreReady();

        assertThat(world.preview().of(DEMO))
                .extracting(GenericKubernetesResource::getKind)
                .containsSubsequence(
                        "CustomResourceDefinition",
                        "Namespace",
                        "ServiceAccount",
                        "Role",
                        "RoleBinding",
                        "ConfigMap",
                        "Secret",
                        "Service",
                        "StatefulSet",
                        "SparkApplication",
                        "Ingress");
    }

    @Test
    void allBearThePlatformsUid() throws Exception {
        world.wishInline(World.ONE_COLLECTION);
        othersAreReady();

        assertThat(world.preview().of(DEMO))
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .containsEntry(Marks.PLATFORM, World.UID.toString())
                        .containsEntry(Marks.MANAGED_BY, Marks.MANAGER));
    }

    @Test
    void giveTheDriverAnotherChecksumWithAnythingItStartsWith() {
        var before = Desires.with(Map.of("A", "1"), "[]");

        assertThat(checksum(before)).isEqualTo(checksum(Desires.with(Map.of("A", "1"), "[]")));
        assertThat(checksum(before)).isNotEqualTo(checksum(Desires.with(Map.of("A", "2"), "[]")));
        assertThat(checksum(before)).isNotEqualTo(checksum(Desires.with(Map.of("A", "1"), "[{}]")));
    }

    @Test
    void compressACatalogueThatDoesNotFitIntoAConfigMap() {
        var large = "[\"" + "x".repeat(1_000_000) + "\"]";

        var manifests = Manifests.of(Desires.with(Map.of(), large), Storage.CLAIMS);

        var map = find(manifests, Kind.CONFIG_MAP, "openeo-layercatalog");
        String packed = map.get("binaryData", "layercatalog.json.gz");
        assertThat(Base64.getDecoder().decode(packed)).hasSizeLessThan(10_000);
        assertThat(env(manifests)).contains(Map.entry("OPENEO_CATALOG_FILES", "/opt/layercatalog.json.gz"));
    }

    /** See "protected groups" in Kubernetes' enhancement 1111; the emulated server does not ask for it. */
    @Test
    void bearTheApprovalThatDefinitionsInKubernetesOwnGroupsNeed() {
        assertThat(Manifests.of(Desires.with(Map.of(), "[]"), Storage.NONE).objects())
                .filteredOn(object -> ObjectKey.of(object).kind() == Kind.CUSTOM_RESOURCE_DEFINITION)
                .hasSize(2)
                .allSatisfy(definition -> assertThat(definition.getMetadata().getAnnotations())
                        .containsKey("api-approved.kubernetes.io"));
    }

    @Test
    void claimAVolumeForZooKeeperOnlyWhereOneWouldBeMade() {
        var desired = Desires.with(Map.of(), "[]");

        var claiming = find(Manifests.of(desired, Storage.CLAIMS), Kind.STATEFUL_SET, "zookeeper");
        var passing = find(Manifests.of(desired, Storage.NONE), Kind.STATEFUL_SET, "zookeeper");

        assertThat(claiming.<List<Object>>get("spec", "volumeClaimTemplates")).hasSize(1);
        assertThat(passing.<List<Object>>get("spec", "volumeClaimTemplates")).isNull();
        assertThat(passing.<List<Object>>get("spec", "template", "spec", "volumes"))
                .containsExactly(Map.of("name", "data", "emptyDir", Map.of()));
    }

    @Test
    void letCredentialsOverrideTheBucketAndTheDocumentOverrideBoth() {
        var manifests = Manifests.of(
                Desires.with(Map.of("AWS_REGION", "mounted", "AWS_SECRET_ACCESS_KEY", "m"), "[]"), Storage.CLAIMS);

        assertThat(reference(manifests, "AWS_REGION")).isEqualTo("openeo-environment");
        assertThat(reference(manifests, "AWS_SECRET_ACCESS_KEY")).isEqualTo("openeo-environment");
        assertThat(reference(manifests, "AWS_ACCESS_KEY_ID")).isEqualTo("openeo-s3");
        assertThat(env(manifests)).containsEntry("AWS_S3_ENDPOINT", "data.example.org");
    }

    @Test
    void tellOpenEoItsRegistryInOneSecret() {
        var secret = find(Manifests.of(Desires.with(Map.of(), "[]"), Storage.CLAIMS), Kind.SECRET, "openeo-registry");

        String value = secret.get("data", "OPENEO_EJR_OIDC_CLIENT_CREDENTIALS");
        assertThat(new String(Base64.getDecoder().decode(value), UTF_8))
                .isEqualTo("openeo-demo:secret@http://registry.example.org/issuer");
    }

    private void credentials() {
        world.credentials.put("creodias-eodata", Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));
        world.credentials.put("openeo-tls", Map.of("tls.crt", "certificate", "tls.key", "key"));
        try {
            world.files.put(
                    URI.create("https://config.example.org/layercatalog.json"),
                    Files.readString(CASES.resolve("layercatalog.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void othersAreReady() {
        world.bucket()
                .registry(URI.create("http://192.0.2.7:8084/registry"), URI.create("http://192.0.2.7:8084/issuer"))
                .cluster(Phase.READY, "none");
    }

    private static String checksum(Desired desired) {
        return Manifests.of(desired, Storage.CLAIMS).checksum();
    }

    private static GenericKubernetesResource find(Manifests manifests, Kind kind, String name) {
        return manifests.objects().stream()
                .filter(object -> ObjectKey.of(object).kind() == kind
                        && object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> variables(Manifests manifests) {
        return find(manifests, Kind.SPARK_APPLICATION, "openeo").get("spec", "driver", "env");
    }

    private static Map<String, String> env(Manifests manifests) {
        return variables(manifests).stream()
                .filter(variable -> variable.containsKey("value"))
                .collect(Collectors.toMap(v -> (String) v.get("name"), v -> (String) v.get("value")));
    }

    private static Object reference(Manifests manifests, String name) {
        var variable = variables(manifests).stream()
                .filter(v -> name.equals(v.get("name")))
                .findFirst()
                .orElseThrow();
        var from = (Map<?, ?>) variable.get("valueFrom");
        return ((Map<?, ?>) from.get("secretKeyRef")).get("name");
    }
}
