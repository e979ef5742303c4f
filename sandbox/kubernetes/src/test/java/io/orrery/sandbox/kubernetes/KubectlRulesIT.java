package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What kubectl makes of it")
class KubectlRulesIT extends Rules {
    @TempDir
    Path home;

    private Kubectl kubectl;

    KubectlRulesIT() {
        super(Cluster.EMULATED);
    }

    @BeforeEach
    void findKubectl() throws IOException {
        assumeTrue(Kubectl.isInstalled(), "no kubectl on the PATH");
        kubectl = Kubectl.of(home, cluster.connect());
    }

    private String ok(String... arguments) {
        return kubectl.ok("", arguments);
    }

    private String manifest(String image) {
        return deployment("web", image) + "\n---\n" + """
                {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}""";
    }

    @Test
    @DisplayName("apply: created, unchanged, configured")
    void appliesOnTheClientsSide() {
        var apply = new String[] {"apply", "-n", namespace, "-f", "-"};
        assertThat(kubectl.ok(manifest("a:1"), apply)).contains("deployment.apps/web created", "service/web created");
        assertThat(kubectl.ok(manifest("a:1"), apply))
                .contains("deployment.apps/web unchanged", "service/web unchanged");
        assertThat(kubectl.ok(manifest("a:2"), apply))
                .contains("deployment.apps/web configured", "service/web unchanged");
        assertThat(ok(
                        "get",
                        "-n",
                        namespace,
                        "deploy",
                        "web",
                        "-o",
                        "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("a:2");
    }

    @Test
    @DisplayName("apply --server-side: conflicts with what an update wrote, unless forced")
    void appliesOnTheServersSide() {
        kubectl.ok(manifest("a:1"), "apply", "-n", namespace, "--server-side", "-f", "-");
        ok("set", "image", "-n", namespace, "deploy/web", "main=a:2");
        var refused = kubectl.run(manifest("a:1"), "apply", "-n", namespace, "--server-side", "-f", "-");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.text()).contains("conflict", "image");
        kubectl.ok(manifest("a:1"), "apply", "-n", namespace, "--server-side", "--force-conflicts", "-f", "-");
    }

    @Test
    @DisplayName("get: tables with the columns of each kind; names by short name and category")
    void getsTables() {
        kubectl.ok(manifest("a:1"), "apply", "-n", namespace, "-f", "-");
        assertThat(ok("get", "-n", namespace, "all")).contains("deployment.apps/web   0/0", "service/web");
        assertThat(ok("get", "-n", namespace, "svc")).contains("CLUSTER-IP", "80/TCP");
        assertThat(ok("get", "ns", namespace)).contains("Active");
    }

    @Test
    @DisplayName("create, as typed clients do, in protobuf")
    void createsInProtobuf() {
        ok("create", "configmap", "-n", namespace, "plain", "--from-literal=a=b");
        ok("create", "secret", "generic", "-n", namespace, "hidden", "--from-literal=word=open");
        ok("create", "deployment", "-n", namespace, "d", "--image=x", "--replicas=3", "--port=80");
        ok("create", "job", "-n", namespace, "j", "--image=x");
        ok("create", "rolebinding", "-n", namespace, "rb", "--clusterrole=view", "--user=somebody");
        var secret =
                wire.get("/api/v1/namespaces/" + namespace + "/secrets/hidden").json();
        assertThat(secret.at("/data/word").asText()).isEqualTo("b3Blbg==");
        var deployment = wire.get(deployments() + "/d").json();
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(deployment
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asInt())
                .isEqualTo(80);
    }

    @Test
    @DisplayName("scale, label, annotate, patch, wait, delete")
    void worksOnObjects() {
        kubectl.ok(manifest("a:1"), "apply", "-n", namespace, "-f", "-");
        ok("scale", "-n", namespace, "deploy/web", "--replicas=2");
        ok("wait", "-n", namespace, "deploy/web", "--for=jsonpath={.spec.replicas}=2", "--timeout=10s");
        ok("label", "-n", namespace, "deploy/web", "tier=front");
        ok("annotate", "-n", namespace, "deploy/web", "note=x");
        ok("patch", "-n", namespace, "deploy/web", "-p", "{\"spec\":{\"paused\":true}}");
        assertThat(ok("get", "-n", namespace, "deploy", "-l", "tier=front", "-o", "name"))
                .contains("deployment.apps/web");
        assertThat(ok("delete", "-n", namespace, "deploy/web", "svc/web")).contains("deleted");
    }

    @Test
    @DisplayName("rollout status: waits for the controller's status, and ends when it is complete")
    void followsRollouts() {
        kubectl.ok(manifest("a:1"), "apply", "-n", namespace, "-f", "-");
        wire.patch(
                deployments() + "/web/status",
                Wire.MERGE,
                "{status: {observedGeneration: 1, replicas: 0, updatedReplicas: 0, availableReplicas: 0}}");
        assertThat(ok("rollout", "status", "-n", namespace, "deploy/web", "--timeout=10s"))
                .contains("successfully rolled out");
    }

    @Test
    @DisplayName("custom resources: discovered at once, with their columns")
    void knowsCustomResources() {
        var group = namespace + ".example.org";
        kubectl.ok("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gauges.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {plural: gauges, kind: Gauge, shortNames: [gg]}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
                    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
                """.formatted(group), "create", "-f", "-");
        ok("wait", "--for=condition=Established", "crd/gauges." + group, "--timeout=10s");
        kubectl.ok(
                "{apiVersion: " + group + "/v1, kind: Gauge, metadata: {name: g}, spec: {size: 4}}",
                "apply",
                "-n",
                namespace,
                "-f",
                "-");
        assertThat(ok("get", "-n", namespace, "gg")).containsPattern("NAME +SIZE\\s+g +4");
        ok("delete", "crd", "gauges." + group, "--timeout=20s");
    }

    @Test
    @DisplayName("create token, auth whoami, auth can-i")
    void knowsWhoAsks() {
        ok("create", "serviceaccount", "-n", namespace, "robot");
        assertThat(ok("create", "token", "-n", namespace, "robot")).startsWith("ey");
        assertThat(ok("auth", "whoami")).contains("admin", "system:masters");
        assertThat(ok("auth", "can-i", "create", "pods")).contains("yes");
    }

    @Test
    @DisplayName("delete namespace: ends when everything in it has gone")
    void deletesNamespaces() {
        ok("create", "namespace", namespace + "-2");
        ok("run", "p", "--image=x", "-n", namespace + "-2");
        assertThat(ok("delete", "namespace", namespace + "-2", "--timeout=20s")).contains("deleted");
        assertThat(kubectl.run("", "get", "namespace", namespace + "-2").code()).isNotZero();
    }
}
