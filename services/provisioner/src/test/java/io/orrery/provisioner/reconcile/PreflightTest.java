package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be made of the document is said before anything is made, and looked at again with each pass. */
class PreflightTest {

    private static final String NETWORK = ByHand.NETWORK;
    private static final String IMAGES = ByHand.IMAGE + "/images";

    private Works works = new Works(CloudUnderTest.chosen());
    private ByHand byHand = works.byHand();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void saysWhatIsMeantMostLikely() {
        refused(Works.SMALL.replace("agent, count: 1, flavor: eo1.large", "agent, count: 1, flavor: eo1.larg"));

        assertThat(preflight().reason()).isEqualTo("FlavorUnknown");
        assertThat(preflight().message()).isEqualTo("there is no flavor eo1.larg; did you mean \"eo1.large\"?");
    }

    @Test
    void listsTheIdsOfImagesThatShareAName() {
        var one = image("twin");
        var other = image("twin");
        var document = Works.SMALL.replace("Ubuntu 22.04 LTS", "twin");
        refused(document);

        assertThat(preflight().reason()).isEqualTo("ImageAmbiguous");
        assertThat(preflight().message()).contains("there are 2 of image twin").contains(one, other);

        byHand.delete(IMAGES + "/" + one);
        goesOn(document);
    }

    @Test
    void listsTheIdsOfNetworksThatShareAName() {
        var one = byHand.make(NETWORK + "/networks", "{\"network\": {\"name\": \"twin\"}}");
        var other = byHand.make(NETWORK + "/networks", "{\"network\": {\"name\": \"twin\"}}");
        refused(Works.SMALL.replace("attach: [eodata]", "attach: [twin]"));

        assertThat(preflight().reason()).isEqualTo("NetworkAmbiguous");
        assertThat(preflight().message()).contains(one, other);
    }

    @Test
    @OnlyOnTheEmulator("what there is has names of its own there")
    void saysWhichNetworkIsMeantMostLikely() {
        refused(Works.SMALL.replace("attach: [eodata]", "attach: [eodat]"));

        assertThat(preflight().message()).isEqualTo("there is no network eodat; did you mean \"eodata\"?");
    }

    @Test
    void waitsForAnImageUntilItIsActivatedAgain() {
        var id = image("golden");
        byHand.post(IMAGES + "/" + id + "/actions/deactivate", "");
        var document = Works.SMALL.replace("Ubuntu 22.04 LTS", "golden");
        refused(document);

        assertThat(preflight().reason()).isEqualTo("ImageInactive");
        assertThat(preflight().message()).isEqualTo("image golden is deactivated");

        byHand.post(IMAGES + "/" + id + "/actions/reactivate", "");
        goesOn(document);
    }

    @Test
    void takesTheActiveOneOfImagesThatShareAName() {
        byHand.post(IMAGES + "/" + image("golden") + "/actions/deactivate", "");
        var heir = image("golden");

        works.wish(Works.SMALL.replace("Ubuntu 22.04 LTS", "golden"));
        works.untilInfrastructure(status -> status.foundation().isPresent());

        assertThat(works.infrastructure()
                        .orElseThrow()
                        .foundation()
                        .orElseThrow()
                        .imageId())
                .isEqualTo(heir);
    }

    @Test
    void saysThatAFlavorIsTooSmallForTheImage() {
        image("large", 64, 16_384);
        refused(Works.SMALL.replace("Ubuntu 22.04 LTS", "large"));

        assertThat(preflight().reason()).isEqualTo("FlavorTooSmall");
        assertThat(preflight().message())
                .isEqualTo("flavor eo1.large has 8192 MiB of RAM, image large needs 16384; "
                        + "the disk of flavor eo1.large has 32 GiB, image large needs 64");
    }

    @Test
    void comparesTheBootVolumeInPlaceOfTheFlavorsDisk() {
        image("large", 64, 0);
        var document = Works.SMALL
                .replace("Ubuntu 22.04 LTS", "large")
                .replace("flavor: eo1.large", "flavor: eo1.large, volume: {size: 63, use: boot}");
        refused(document);
        assertThat(preflight().message()).isEqualTo("the boot volume has 63 GiB, image large needs 64");

        goesOn(document.replace("size: 63", "size: 64"));
    }

    @Test
    @OnlyOnTheEmulator("which there are is the cloud's own affair")
    void namesTheZonesAndVolumeTypesThatThereAre() {
        refused(Works.SMALL.replace(
                "agent, count: 1, flavor: eo1.large",
                "agent, count: 1, flavor: eo1.large, zones: [moon], volume: {size: 1, type: stone}"));

        assertThat(preflight().message())
                .isEqualTo("there is no availability zone moon; there are: nova, nova-b, nova-c; "
                        + "there is no volume type stone; there are: __DEFAULT__");
    }

    @Test
    void refusesARangeThatAnotherSubnetOfTheBorrowedRouterHas() {
        var router = byHand.make(
                NETWORK + "/routers",
                "{\"router\": {\"name\": \"theirs\", \"external_gateway_info\": {\"network_id\": \"%s\"}}}"
                        .formatted(byHand.idOf(NETWORK + "/networks", "external")));
        var theirs = subnet(network("theirs"), "10.20.0.0/22");
        plug(router, theirs, "add");
        var document = Works.SMALL.replace("attach: [eodata]", "attach: [eodata], borrow: {router: theirs}");
        refused(document);

        assertThat(preflight().reason()).isEqualTo("CidrOverlap");
        assertThat(preflight().message())
                .isEqualTo("10.20.0.0/24 overlaps with 10.20.0.0/22 of subnet theirs (" + theirs
                        + "), on the same router");

        plug(router, theirs, "remove");
        goesOn(document);
    }

    @Test
    void refusesARangeThatAnAttachedNetworkHas() {
        subnet(network("theirs"), "10.20.0.128/25");
        refused(Works.SMALL.replace("attach: [eodata]", "attach: [theirs]"));

        assertThat(preflight().reason()).isEqualTo("CidrOverlap");
        assertThat(preflight().message()).contains("of a network that the machines are attached to");
    }

    @Test
    void refusesABorrowedRouterThatLeadsNowhere() {
        byHand.make(NETWORK + "/routers", "{\"router\": {\"name\": \"theirs\"}}");
        refused(Works.SMALL.replace("attach: [eodata]", "borrow: {router: theirs}"));

        assertThat(preflight().reason()).isEqualTo("RouterLeadsElsewhere");
    }

    @Test
    void refusesABorrowedSubnetOfAnotherRange() {
        subnet(network("theirs"), "10.30.0.0/24");
        refused(Works.SMALL.replace("attach: [eodata]", "borrow: {network: theirs, subnet: theirs}"));

        assertThat(preflight().reason()).isEqualTo("SubnetDiffers");
        assertThat(preflight().message()).contains("has the range 10.30.0.0/24, network.cidr is 10.20.0.0/24");
    }

    @Test
    @OnlyOnTheEmulator("others would have no addresses either")
    void makesNothingWhenTheCloudSaysThatItsPoolOfAddressesIsEmpty() {
        withPoolOf("127.99.0.0/29"); // five addresses
        var taken = Stream.generate(this::takeAddress).limit(4).toList();
        var document = Works.SMALL.replace("cloud: {name: sandbox,", "cloud: {name: sandbox-admin,");
        works.wish(document);
        works.pass();

        assertThat(preflight().message())
                .isEqualTo("addresses of the external network: 2 more wanted, 1 free of 5: 1 short");
        assertThat(works.cloud.inventory().names("network")).noneMatch(name -> name.startsWith("orrery-"));

        byHand.delete(NETWORK + "/floatingips/" + taken.getFirst());
        works.untilReady(document);
    }

    @Test
    @OnlyOnTheEmulator("others would have no addresses either")
    void saysThatThePoolIsEmptyWhereTheCloudTellsItOnlyThenAndGoesOnOnceItIsNot() {
        withPoolOf("127.99.0.0/29"); // five addresses
        var taken = Stream.generate(this::takeAddress).limit(4).toList();
        works.wish(Works.SMALL);

        works.untilInfrastructure(status -> status.phase() == Phase.FAILED);

        var condition = works.infrastructure().orElseThrow().conditions().getFirst();
        assertThat(condition.reason()).isEqualTo("AddressesExhausted");
        assertThat(condition.message())
                .contains("could not create floating ip orrery-demo-", "No more IP addresses available", "req-");

        byHand.delete(NETWORK + "/floatingips/" + taken.getFirst());
        works.untilReady(Works.SMALL);
    }

    private void withPoolOf(String range) {
        close();
        works = new Works(OpenStackSettings.defaults().withFloatingRange(range));
        byHand = works.byHand();
    }

    private String takeAddress() {
        return byHand.make(
                NETWORK + "/floatingips",
                "{\"floatingip\": {\"floating_network_id\": \"%s\"}}"
                        .formatted(byHand.idOf(NETWORK + "/networks", "external")));
    }

    /** A genuine cloud is only asked whether it could: that platforms come to stand there is shown elsewhere, and takes long. */
    private void goesOn(String document) {
        if (CloudUnderTest.isGenuine()) {
            works.clock.advance(Duration.ofSeconds(2)); // what it offers may be known from a second ago
            assertThat(works.preview(document).problems()).isEmpty();
        } else {
            works.untilReady(document);
        }
    }

    private void refused(String document) {
        works.wish(document);
        works.pass();

        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.FAILED);
        assertThat(works.ours()).isEmpty();
    }

    private String image(String name) {
        return image(name, 0, 0);
    }

    /** Active, as its bits are there. */
    private String image(String name, int minDisk, int minRam) {
        var id = byHand.make(IMAGES, """
                {"name": "%s", "disk_format": "raw", "container_format": "bare", "min_disk": %d, "min_ram": %d}""".formatted(name, minDisk, minRam));
        byHand.upload(IMAGES + "/" + id + "/file", "bits");
        return id;
    }

    private String network(String name) {
        return byHand.make(NETWORK + "/networks", "{\"network\": {\"name\": \"%s\"}}".formatted(name));
    }

    private String subnet(String network, String cidr) {
        return byHand.make(NETWORK + "/subnets", """
                {"subnet": {"name": "theirs", "network_id": "%s", "ip_version": 4, "cidr": "%s"}}""".formatted(network, cidr));
    }

    private void plug(String router, String subnet, String verb) {
        byHand.put(
                NETWORK + "/routers/" + router + "/" + verb + "_router_interface",
                "{\"subnet_id\": \"%s\"}".formatted(subnet));
    }

    private Condition preflight() {
        return works.infrastructure().orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Preflight"))
                .findFirst()
                .orElseThrow();
    }
}
