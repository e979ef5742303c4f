package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openstack4j.api.Builders;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.compute.Server;
import org.openstack4j.model.network.AttachInterfaceType;
import org.openstack4j.model.network.IPVersionType;
import org.openstack4j.openstack.OSFactory;

/** The client that the provisioner uses, from an empty project to a server and back. */
class OpenStack4jTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static OSClientV3 client(CloudEntry entry) {
        var domain = Identifier.byName("Default");
        return OSFactory.builderV3()
                .endpoint(entry.authUrl())
                .credentials(entry.user(), entry.password(), domain)
                .scopeToProject(Identifier.byName(entry.project()), domain)
                .authenticate();
    }

    @Test
    void aServerIsBootedOnANetworkOfItsOwnAndEverythingGoesAgain() {
        try (var cloud = new CloudUnderTest()) {
            var os = client(cloud.entry());
            var external = os.networking().network().list().stream()
                    .filter(network -> network.getName().equals("external"))
                    .findFirst()
                    .orElseThrow();
            var network = os.networking()
                    .network()
                    .create(Builders.network()
                            .name(cloud.name("o4j"))
                            .adminStateUp(true)
                            .build());
            var subnet = os.networking()
                    .subnet()
                    .create(Builders.subnet()
                            .name(cloud.name("o4j"))
                            .networkId(network.getId())
                            .ipVersion(IPVersionType.V4)
                            .cidr("10.21.0.0/24")
                            .enableDHCP(true)
                            .build());
            var router = os.networking()
                    .router()
                    .create(Builders.router()
                            .name(cloud.name("o4j"))
                            .adminStateUp(true)
                            .externalGateway(external.getId())
                            .build());
            os.networking().router().attachInterface(router.getId(), AttachInterfaceType.SUBNET, subnet.getId());
            var port = os.networking()
                    .port()
                    .create(Builders.port()
                            .name(cloud.name("o4j"))
                            .networkId(network.getId())
                            .allowedAddressPair("10.21.0.100", null)
                            .build());
            var address = os.networking()
                    .floatingip()
                    .create(Builders.netFloatingIP()
                            .floatingNetworkId(external.getId())
                            .portId(port.getId())
                            .build());
            var server = os.compute()
                    .servers()
                    .boot(Builders.server()
                            .name(cloud.name("o4j"))
                            .flavor(cloud.flavor("m1.tiny"))
                            .image(cloud.image())
                            .addNetworkPort(port.getId())
                            .addMetadataItem("role", "node")
                            .build());

            var active = Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> client(cloud.entry()).compute().servers().get(server.getId()),
                            found -> found.getStatus() == Server.Status.ACTIVE);

            assertThat(active.getMetadata()).containsEntry("role", "node");
            assertThat(active.getAddresses().getAddresses().get(cloud.name("o4j")))
                    .extracting("addr")
                    .contains(address.getFloatingIpAddress());
            assertThat(os.compute().servers().list(java.util.Map.of("name", cloud.name("o4j"))))
                    .hasSize(1);

            os.compute().servers().delete(server.getId());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> client(cloud.entry()).compute().servers().get(server.getId()) == null);
            assertThat(os.networking().floatingip().delete(address.getId()).isSuccess())
                    .isTrue();
            assertThat(os.networking().port().delete(port.getId()).isSuccess()).isTrue();
            os.networking().router().detachInterface(router.getId(), subnet.getId(), null);
            assertThat(List.of(
                            os.networking().router().delete(router.getId()).isSuccess(),
                            os.networking().network().delete(network.getId()).isSuccess()))
                    .containsOnly(true);
        }
    }
}
