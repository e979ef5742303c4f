package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Services, pods, jobs: what the API server itself does with them")
@OnEachCluster
class WorkloadRulesIT extends Rules {
    WorkloadRulesIT(Cluster cluster) {
        super(cluster);
    }

    private String services() {
        return "/api/v1/namespaces/" + namespace + "/services";
    }

    private static String service(String name, String spec) {
        return "{apiVersion: v1, kind: Service, metadata: {name: " + name + "}, spec: " + spec + "}";
    }

    @Test
    @DisplayName("Services get a cluster IP that may not change, and the port as targetPort")
    void allocatesClusterAddresses() {
        var made = wire.post(services(), service("s", "{ports: [{port: 80}]}")).json();
        assertThat(made.at("/spec/clusterIP").asText()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
        assertThat(made.at("/spec/clusterIPs/0")).isEqualTo(made.at("/spec/clusterIP"));
        assertThat(made.at("/spec/ports/0/targetPort").asInt()).isEqualTo(80);
        assertThat(made.at("/spec/type").asText()).isEqualTo("ClusterIP");
        assertThat(wire.patch(services() + "/s", Wire.MERGE, "{spec: {clusterIP: 10.43.9.9}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    @DisplayName("clusterIP None stays None; NodePort services get ports between 30000 and 32767 and keep them")
    void allocatesNodePorts() {
        var headless = wire.post(services(), service("h", "{clusterIP: None, ports: [{port: 80}]}"));
        assertThat(headless.json().at("/spec/clusterIP").asText()).isEqualTo("None");
        var made = wire.post(services(), service("n", "{type: NodePort, ports: [{port: 80}]}"));
        var port = made.json().at("/spec/ports/0/nodePort").asInt();
        assertThat(port).isBetween(30_000, 32_767);
        var replaced = wire.put(services() + "/n", service("n", "{type: NodePort, ports: [{port: 80}]}"));
        assertThat(replaced.json().at("/spec/ports/0/nodePort").asInt()).isEqualTo(port);
    }

    @Test
    @DisplayName("Service proxy: no endpoints is 503, no such service 404")
    void proxiesToNothing() {
        wire.post(services(), service("s", "{ports: [{port: 80}]}"));
        var reply = wire.get(services() + "/s/proxy/");
        assertThat(reply.code()).isEqualTo(503);
        assertThat(reply.json().path("message").asText()).contains("no endpoints available for service");
        assertThat(wire.get(services() + "/missing/proxy/").code()).isEqualTo(404);
    }

    @Test
    @DisplayName("Pods begin Pending; their spec is fixed but for images and little else")
    void fixesPods() {
        var made = wire.post(pods(), pod("p"));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.json().at("/status/phase").asText()).isEqualTo("Pending");
        assertThat(made.json().at("/spec/restartPolicy").asText()).isEqualTo("Always");
        assertThat(wire.patch(pods() + "/p", Wire.MERGE, "{spec: {hostname: other}}")
                        .code())
                .isEqualTo(422);
        var image = wire.patch(pods() + "/p", Wire.STRATEGIC, "{spec: {containers: [{name: main, image: 'a/b:2'}]}}");
        assertThat(image.code()).isEqualTo(200);
    }

    @Test
    @DisplayName("A pod without containers is 422")
    void refusesEmptyPods() {
        assertThat(wire.post(pods(), "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    @DisplayName("pods/log: a container that is not in the pod, and one of several left unnamed, are 400")
    void namesContainersOfLogs() {
        wire.post(pods(), """
                {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeSelector: {never: there},
                 containers: [{name: a, image: x}, {name: b, image: x}]}}""");
        assertThat(wire.get(pods() + "/p/log?container=c").code()).isEqualTo(400);
        var unnamed = wire.get(pods() + "/p/log");
        assertThat(unnamed.code()).isEqualTo(400);
        assertThat(unnamed.json().path("message").asText()).contains("choose one of: [a b]");
    }

    @Test
    @DisplayName("Jobs get their uid as selector and label, and may not restart Always")
    void selectsPodsOfJobs() {
        var jobs = "/apis/batch/v1/namespaces/" + namespace + "/jobs";
        var job = "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {suspend: true, template: {spec: "
                + "{restartPolicy: %s, containers: [{name: c, image: x}]}}}}";
        assertThat(wire.post(jobs, job.formatted("Always")).code()).isEqualTo(422);
        var made = wire.post(jobs, job.formatted("Never")).json();
        assertThat(made.at("/spec/selector/matchLabels/batch.kubernetes.io~1controller-uid"))
                .isEqualTo(made.at("/metadata/uid"));
        assertThat(made.at("/spec/template/metadata/labels/batch.kubernetes.io~1job-name")
                        .asText())
                .isEqualTo("j");
    }

    @Test
    @DisplayName("serviceaccounts/token: a JWT for the account that a TokenReview recognizes")
    void givesTokens() {
        var accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
        wire.post(accounts, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}");
        var request = "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {expirationSeconds: 600}}";
        var token = wire.post(accounts + "/robot/token", request)
                .json()
                .at("/status/token")
                .asText();
        var review = wire.post(
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: " + token + "}}");
        assertThat(review.json().at("/status/authenticated").asBoolean()).isTrue();
        assertThat(review.json().at("/status/user/username").asText())
                .isEqualTo("system:serviceaccount:" + namespace + ":robot");
    }

    @Test
    @DisplayName("RoleBindings: roleRef can't be changed")
    void fixesRoles() {
        var bindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/rolebindings";
        wire.post(bindings, """
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b},
                 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}}""");
        assertThat(wire.patch(bindings + "/b", Wire.MERGE, "{roleRef: {name: edit}}")
                        .code())
                .isEqualTo(422);
    }
}
