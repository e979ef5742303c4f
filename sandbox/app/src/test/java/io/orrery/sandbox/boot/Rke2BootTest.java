package io.orrery.sandbox.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Rke2BootTest {
    private static Rke2Boot boot(Rke2Unit unit, CloudConfigs user) throws Exception {
        return Rke2Boot.of(unit, UserData.read(user.bytes()), "v1.35.4+rke2r1");
    }

    @Test
    void theNodeIsAsItsConfigurationSays() throws Exception {
        var boot = boot(
                Rke2Unit.AGENT,
                CloudConfigs.agent()
                        .configured("""
                                token: secret
                                node-label: [pool=workers, flag]
                                node-taint: ["dedicated=spark:NoExecute", "alone:NoSchedule"]
                                kubelet-arg:
                                - max-pods=50
                                - provider-id=openstack:///1234
                                """)
                        .running("curl -sfL https://get.rke2.io | INSTALL_RKE2_VERSION=v1.36.1+rke2r2 sh -"));

        var node = boot.node(
                new FakeGuest("Demo_Workers 1", new byte[0], new Guest.Nic("n", "10.20.0.21", List.of()), Map.of()));

        assertThat(node.name()).isEqualTo("demo-workers-1");
        assertThat(node.labels()).containsEntry("pool", "workers").containsEntry("flag", "");
        assertThat(node.taints())
                .containsExactly(
                        new Taint("NoExecute", "dedicated", null, "spark"),
                        new Taint("NoSchedule", "alone", null, null));
        assertThat(node.providerId()).isEqualTo("openstack:///1234");
        assertThat(node.addresses()).contains(new NodeAddress("10.20.0.21", "InternalIP"));
        assertThat(node.capacity()).containsEntry("cpu", new Quantity("4"));
        assertThat(node.kubeletVersion()).isEqualTo("v1.36.1+rke2r2");
        assertThat(node.labels()).doesNotContainKey("node-role.kubernetes.io/etcd");
    }

    @Test
    void aScriptMayTellTheKubeletItsServerAndInstallAVersion() throws Exception {
        var boot = boot(
                Rke2Unit.AGENT,
                CloudConfigs.agent()
                        .with("/opt/id.sh", "id=$(cloud-init query instance_id)\necho provider-id=openstack:///$id\n")
                        .with("/opt/install.sh", "export INSTALL_RKE2_VERSION='v1.36.0+rke2r1'\n")
                        .running("sh /opt/id.sh")
                        .running("sh /opt/install.sh agent"));
        var guest = FakeGuest.of(new byte[0]);

        assertThat(boot.node(guest).providerId()).isEqualTo("openstack:///" + guest.id());
        assertThat(boot.version()).isEqualTo("v1.36.0+rke2r1");
    }

    @Test
    void serversHaveRolesAndTheirMemberOfEtcd() throws Exception {
        var boot = boot(
                Rke2Unit.SERVER,
                CloudConfigs.server().configured("node-name: s1\nnode-ip: 10.20.0.5\ncloud-provider-name: external\n"));

        var node = boot.node(FakeGuest.of(new byte[0]));

        assertThat(node.name()).isEqualTo("s1");
        assertThat(node.labels()).containsEntry("node-role.kubernetes.io/etcd", "true");
        assertThat(node.annotations()).containsEntry(EtcdAnnotations.NODE_ADDRESS, "10.20.0.5");
        assertThat(node.annotations().get(EtcdAnnotations.NODE_NAME)).startsWith("s1-");
        assertThat(node.taints())
                .extracting(Taint::getKey)
                .containsExactly("node.cloudprovider.kubernetes.io/uninitialized");
    }

    @Test
    void dropInsReplaceAndAppend() throws Exception {
        var boot = boot(
                Rke2Unit.SERVER,
                CloudConfigs.server()
                        .configured("token: first\ntls-san: [a]\n")
                        .with("/etc/rancher/rke2/config.yaml.d/10.yaml", "tls-san+: [b]\n")
                        .with("/etc/rancher/rke2/config.yaml.d/20.yaml", "token: second\ntls-san+: c\n"));

        assertThat(boot.config().list("tls-san")).containsExactly("a", "b", "c");
        assertThat(boot.token().password()).isEqualTo("second");
    }

    @Test
    void whatRke2RefusesAtItsStartIsRefused() throws Exception {
        var agent = boot(Rke2Unit.AGENT, CloudConfigs.agent().configured("token: x\n"));
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(agent::registration)
                .withMessageContaining("--server is required");
        var plain = boot(Rke2Unit.AGENT, CloudConfigs.agent().configured("server: http://10.0.0.1:9345\n"));
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(plain::registration)
                .withMessageContaining("only https:// URLs are supported");
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(plain::token)
                .withMessageContaining("--token is required");
        var both = boot(
                Rke2Unit.SERVER,
                CloudConfigs.server().configured("cloud-provider-name: external\nnode-external-ip: 1.2.3.4\n"));
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(both::refuseContradictions)
                .withMessageContaining("--node-external-ip");
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> boot(Rke2Unit.SERVER, CloudConfigs.server().configured("a: [\n")))
                .withMessageContaining("failed to parse /etc/rancher/rke2/config.yaml");
    }

    @Test
    void keysThatDoNotFitTheirCertificateAreRefused() throws Exception {
        var one = CertificateAuthority.create("one").identity();
        var other = CertificateAuthority.create("other").identity();
        var mixed = UserData.read(CloudConfigs.server()
                .with(ClusterCa.FOLDER + "etcd/peer-ca.crt", one.certificatePem())
                .with(ClusterCa.FOLDER + "etcd/peer-ca.key", other.keyPem())
                .bytes());
        var half = UserData.read(CloudConfigs.server()
                .with(ClusterCa.FOLDER + "server-ca.crt", one.certificatePem())
                .bytes());
        var noKey = UserData.read(CloudConfigs.server()
                .with(ClusterCa.FOLDER + "service.key", "nonsense")
                .bytes());

        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> ClusterCa.of(mixed))
                .withMessageContaining("etcd/peer-ca: tls: private key does not match public key");
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> ClusterCa.of(half))
                .withMessageContaining("server-ca.key: no such file");
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> ClusterCa.of(noKey))
                .withMessageContaining("service.key");
    }

    @Test
    void theApiIsBoundWhereTheVirtualAddressIsReachedFromOutside() {
        var nic = new Guest.Nic("net", "10.20.0.11", List.of("10.42.0.0/16", "10.20.0.5"));
        var withVip = new FakeGuest("s1", new byte[0], nic, Map.of("net/10.20.0.5", "127.64.0.7"));
        var withOwn = new FakeGuest("s1", new byte[0], nic, Map.of("net/10.20.0.11", "127.64.0.8"));
        var withNone = new FakeGuest("s1", new byte[0], nic, Map.of());

        assertThat(ServedAddress.of(withVip).bind()).isEqualTo("127.64.0.7");
        assertThat(ServedAddress.of(withOwn).bind()).isEqualTo("127.64.0.8");
        assertThat(ServedAddress.of(withNone).bind()).matches("127\\.66\\.\\d+\\.\\d+");
        assertThat(ServedAddress.of(withNone).inside())
                .extracting(ServedAddress.NetworkAddress::address)
                .containsExactly("10.20.0.5", "10.20.0.11");
    }
}
