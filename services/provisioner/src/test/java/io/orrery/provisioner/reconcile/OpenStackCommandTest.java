package io.orrery.provisioner.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A platform's life as a person with the openstack command sees it, and interferes with it. */
@EnabledIfEnvironmentVariable(
        named = "OS_CLOUD",
        matches = ".+",
        disabledReason = "each call of the command takes seconds; on the emulator the same is done by plain API calls")
class OpenStackCommandTest {

    private final CloudUnderTest cloud = CloudUnderTest.chosen();
    private final Works works = new Works(cloud);

    @BeforeEach
    void theCommandIsThere() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openstack"))),
                "there is no openstack command on the PATH");
    }

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void seesMachinesRunItsOwnDriftPutRightAndInTheEndNothing() {
        works.untilReady(Works.SMALL);
        works.standCluster(Set.of());
        seesEveryMachineRun();
        var rules = rules();
        var lostPort = works.id(Keys.port(works.slots().getFirst().name(), 0));
        var lostMachine = works.slots().getLast();

        openstack("network set --name mine " + works.id(Keys.NETWORK));
        openstack("floating ip unset --port " + works.id(Keys.FLOATING_IP));
        openstack("security group rule delete " + anIngressRule());
        openstack("security group rule create --protocol tcp --dst-port 2375 " + works.id(Keys.SERVERS));
        openstack("port delete " + lostPort);
        openstack("server delete --wait " + lostMachine.serverId().orElseThrow());
        works.until(() -> {
            works.standCluster(leaving());
            return works.slots().stream().noneMatch(slot -> slot.name().equals(lostMachine.name()))
                    && !works.id(Keys.port(works.slots().getFirst().name(), 0)).equals(lostPort);
        });
        works.untilSettled();

        seesEveryMachineRun();
        assertThat(openstack("network show -f value -c name " + works.id(Keys.NETWORK)))
                .containsExactly(mark() + "-network");
        assertThat(openstack("floating ip show -f value -c port_id " + works.id(Keys.FLOATING_IP)))
                .containsExactly(works.id(Keys.VIP));
        assertThat(rules()).isEqualTo(rules);

        var mark = mark();
        works.untilRemoved();

        Stream.of(
                        "server list",
                        "server group list",
                        "network list",
                        "subnet list",
                        "router list",
                        "port list",
                        "security group list",
                        "floating ip list --long",
                        "volume list",
                        "application credential list")
                .forEach(list ->
                        assertThat(openstack(list + " -f value")).as(list).noneMatch(line -> line.contains(mark)));
    }

    private void seesEveryMachineRun() {
        assertThat(openstack("server list -f value -c Name -c Status"))
                .filteredOn(line -> line.startsWith(mark()))
                .containsExactlyInAnyOrderElementsOf(works.slots().stream()
                        .map(slot -> slot.name() + " ACTIVE")
                        .toList());
    }

    /** What it prints, by lines; fails with what it says if it fails. */
    private List<String> openstack(String words) {
        var command = new ProcessBuilder(Stream.concat(Stream.of("openstack"), Stream.of(words.split(" ")))
                        .toList())
                .redirectErrorStream(true);
        command.environment().put("OS_CLOUD", cloud.name());
        command.environment().put("OS_CLIENT_CONFIG_FILE", cloud.cloudsYaml().toString());
        try {
            var process = command.start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(words + ": " + said).isZero();
            return said.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Set<String> leaving() {
        return works.slots().stream()
                .filter(slot -> slot.state() == Slot.State.RETIRING || slot.state() == Slot.State.DELETING)
                .map(Slot::name)
                .collect(Collectors.toSet());
    }

    /** What is let in and out; an id is the first word of each line. */
    private List<String> rules() {
        return openstack("security group rule list -f value " + works.id(Keys.SERVERS)).stream()
                .map(line -> line.substring(line.indexOf(' ')))
                .sorted()
                .toList();
    }

    private String anIngressRule() {
        return openstack("security group rule list --ingress -f value -c ID " + works.id(Keys.SERVERS))
                .getFirst();
    }

    private String mark() {
        return "orrery-demo-" + works.uid().shortForm();
    }
}
