package io.orrery.monitoring.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.orrery.monitoring.model.HistoryServer;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ManifestsTest {

    private static final HistoryServer SERVER = new HistoryServer(
            "monitoring",
            "image:1",
            URI.create("http://s3:9000"),
            "RegionOne",
            "demo",
            "access-1",
            "secret-1",
            "uid-1");

    @Test
    void readsEventLogsFromTheBucketByPath() {
        var container =
                deployment().getSpec().getTemplate().getSpec().getContainers().getFirst();

        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().equals("SPARK_HISTORY_OPTS"))
                .singleElement()
                .extracting(EnvVar::getValue)
                .asString()
                .contains("logDirectory=s3a://demo/spark-events/", "endpoint=http://s3:9000", "path.style.access=true");
    }

    @Test
    void holdsTheKeysInASecretAndNowhereElse() {
        assertThat(Manifests.of(SERVER))
                .filteredOn(object -> !object.getKind().equals("Secret"))
                .allSatisfy(object -> assertThat(Serialization.asYaml(object)).doesNotContain("access-1", "secret-1"));
        assertThat(SERVER.toString()).doesNotContain("access-1", "secret-1");
    }

    @Test
    void marksEverythingAsThePlatforms() {
        assertThat(Manifests.of(SERVER))
                .allSatisfy(
                        object -> assertThat(object.getMetadata().getLabels()).containsEntry(Manifests.OWNER, "uid-1"));
    }

    @Test
    void putsTheNamespaceBeforeWhatIsInIt() {
        assertThat(Manifests.of(SERVER).getFirst().getKind()).isEqualTo("Namespace");
    }

    private static Deployment deployment() {
        return Manifests.of(SERVER).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
