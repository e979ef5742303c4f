package io.orrery.sandbox.controllers.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {

    private static Service service(IntOrString target) {
        return new ServiceBuilder()
                .withNewSpec()
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withTargetPort(target)
                .endPort()
                .endSpec()
                .build();
    }

    private static Pod pod(String name, String ip, boolean ready, int port) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .addNewPort()
                .withName("web")
                .withContainerPort(port)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }

    @Test
    void tellsReadyPodsFromOthers() {
        var subsets = ServiceEndpoints.subsets(
                service(new IntOrString(8080)),
                List.of(pod("a", "127.96.0.2", true, 8080), pod("b", "127.96.0.3", false, 8080)));

        assertThat(subsets).singleElement().satisfies(subset -> {
            assertThat(subset.getAddresses()).extracting(EndpointAddress::getIp).containsExactly("127.96.0.2");
            assertThat(subset.getNotReadyAddresses())
                    .extracting(EndpointAddress::getIp)
                    .containsExactly("127.96.0.3");
            assertThat(subset.getPorts().getFirst().getPort()).isEqualTo(8080);
        });
    }

    @Test
    void resolvesANamedPortForEachPod() {
        var subsets = ServiceEndpoints.subsets(
                service(new IntOrString("web")),
                List.of(pod("a", "127.96.0.2", true, 8080), pod("b", "127.96.0.3", true, 9090)));

        assertThat(subsets)
                .extracting(subset -> subset.getPorts().getFirst().getPort())
                .containsExactly(8080, 9090);
    }

    @Test
    void takesThePortItselfWhereNoTargetIsNamed() {
        assertThat(ServiceEndpoints.subsets(service(null), List.of(pod("a", "127.96.0.2", true, 8080)))
                        .getFirst()
                        .getPorts()
                        .getFirst()
                        .getPort())
                .isEqualTo(80);
    }

    @Test
    void leavesOutPodsThatHaveEndedOrHaveNoAddressYet() {
        var ended = pod("a", "127.96.0.2", false, 8080);
        ended.getStatus().setPhase("Succeeded");
        var fresh = pod("b", null, false, 8080);

        assertThat(ServiceEndpoints.subsets(service(new IntOrString(8080)), List.of(ended, fresh)))
                .isEmpty();
    }
}
