package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.orrery.provisioner.openstack.CloudEntry.Services;
import io.orrery.provisioner.openstack.CloudEntry.Tls;
import io.orrery.provisioner.openstack.Credential.ApplicationCredential;
import io.orrery.provisioner.reconcile.CloudException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

class EndpointsTest {

    private static final String CATALOG = """
            {"token": {"catalog": [
              {"type": "network", "name": "neutron", "endpoints": [
                {"interface": "public", "region_id": "north", "region": "north", "url": "https://net.north.example.org/"},
                {"interface": "internal", "region_id": "north", "region": "north", "url": "http://net.north.internal/v2.0"},
                {"interface": "public", "region_id": "south", "region": "south", "url": "https://net.south.example.org"}]},
              {"type": "volumev3", "name": "cinder", "endpoints": [
                {"interface": "public", "region_id": "north", "region": "north", "url": "https://vol.north.example.org/v3/p1"}]}
            ]}}
            """;

    private final KeystoneToken token = token();

    @Test
    void findsAServiceInItsRegionWithTheVersionThatWeSpeak() {
        assertThat(endpoints("north", Map.of()).url(token, "network")).isEqualTo("https://net.north.example.org/v2.0");
        assertThat(endpoints("south", Map.of()).url(token, "network")).isEqualTo("https://net.south.example.org/v2.0");
    }

    @Test
    void findsAServiceByTheInterfaceThatIsSaid() {
        assertThat(endpoints("north", Map.of("interface", "internalURL")).url(token, "network"))
                .isEqualTo("http://net.north.internal/v2.0");
    }

    @Test
    void findsAServiceUnderItsOlderNames() {
        assertThat(endpoints("north", Map.of()).url(token, "volume")).isEqualTo("https://vol.north.example.org/v3/p1");
    }

    @Test
    void takesWhatTheEntrySaysBeforeTheCatalog() {
        var settings = Map.of(
                "network_endpoint_override", "https://mine.example.org/",
                "block_storage_region_name", "north");

        assertThat(endpoints("south", settings).url(token, "network")).isEqualTo("https://mine.example.org/v2.0");
        assertThat(endpoints("south", settings).url(token, "volume")).isEqualTo("https://vol.north.example.org/v3/p1");
    }

    @Test
    void staysWithTheKeystoneItSignedInToWhereTheRegionHasNone() {
        assertThat(endpoints("north", Map.of()).url(token, "identity")).isEqualTo("https://keystone.example.org/v3");
    }

    @Test
    void namesTheRegionsOfTheCatalogWhenTheAskedOneIsNotAmongThem() {
        assertThatThrownBy(() -> endpoints("west", Map.of()).url(token, "network"))
                .hasMessageContaining("region west is not in the cloud's catalog; it has north, south")
                .extracting(failure -> ((CloudException) failure).reason())
                .isEqualTo("RegionUnknown");
    }

    @Test
    void choosesNoRegionByItself() {
        assertThatThrownBy(() -> endpoints(null, Map.of()).url(token, "network"))
                .hasMessageContaining("north, south: say which one")
                .extracting(failure -> ((CloudException) failure).reason())
                .isEqualTo("RegionUnknown");
    }

    @Test
    void saysWhatTheCatalogDoesNotHave() {
        assertThat(endpoints("north", Map.of()).find(token, "s3")).isEmpty();
        assertThatThrownBy(() -> endpoints("south", Map.of()).url(token, "volume"))
                .hasMessageContaining("no public endpoint of service volume in region south")
                .extracting(failure -> ((CloudException) failure).reason())
                .isEqualTo("EndpointMissing");
    }

    private static Endpoints endpoints(String region, Map<String, String> settings) {
        return new Endpoints(new CloudEntry(
                URI.create("https://keystone.example.org/v3"),
                ApplicationCredential.byId("id", "secret"),
                Optional.ofNullable(region),
                new Tls(true, Optional.empty(), Optional.empty(), Optional.empty()),
                new Services(settings)));
    }

    private static KeystoneToken token() {
        try {
            return ObjectMapperSingleton.getContext(KeystoneToken.class)
                    .readerFor(KeystoneToken.class)
                    .readValue(CATALOG);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
