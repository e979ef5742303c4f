package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a member is told of the room that there is. */
class QuotaTest {
    private final CloudUnderTest cloud = new CloudUnderTest();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void novaTellsItsLimitsWithServerGroupsAmongThem() {
        var limits = cloud.api().get("compute", "/limits").json().path("limits").path("absolute");

        assertThat(limits.properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "maxTotalInstances",
                        "totalInstancesUsed",
                        "maxTotalCores",
                        "totalCoresUsed",
                        "maxTotalRAMSize",
                        "totalRAMUsed",
                        "maxServerGroups",
                        "totalServerGroupsUsed",
                        "maxServerGroupMembers");
    }

    @Test
    void cinderLimitsEachTypeOfVolumeToo() {
        var type =
                Json.text(cloud.api().get("volumev3", "/types/default").json().path("volume_type"), "name");

        var quota = volumes().path("quota_set");

        assertThat(quota.path("volumes").has("in_use")).isTrue();
        assertThat(quota.path("gigabytes").path("limit").isInt()).isTrue();
        assertThat(quota.path("volumes_" + type).path("limit").isInt()).isTrue();
        assertThat(quota.path("gigabytes_" + type).path("in_use").isInt()).isTrue();
    }

    @Test
    void onlyTheAdministratorChangesQuotas() {
        var wish = Json.object("quota_set", Map.of("cores", 1000));
        var path = "/os-quota-sets/" + cloud.api().projectId();

        assertThat(cloud.api().put("compute", path, wish).status()).isEqualTo(403);
        assertThat(cloud.api()
                        .put("volumev3", path, Json.object("quota_set", Map.of("volumes", 1000)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void membersAreNotToldHowManyAddressesTheExternalNetworkHas() {
        var external = cloud.api()
                .get("network", "/networks?router:external=true")
                .json()
                .path("networks")
                .path(0)
                .path("id")
                .asText();

        var list = cloud.api().get("network", "/network-ip-availabilities?network_id=" + external);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.json().path("network_ip_availabilities")).isEmpty();
        assertThat(cloud.api()
                        .get("network", "/network-ip-availabilities/" + external)
                        .status())
                .isEqualTo(404);
    }

    private JsonNode volumes() {
        return cloud.api()
                .get("volumev3", "/os-quota-sets/" + cloud.api().projectId() + "?usage=True")
                .json();
    }
}
