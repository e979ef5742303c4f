package io.orrery.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.orrery.sandbox.backbone.Backbone;
import io.orrery.sandbox.backbone.BackboneSettings;
import io.orrery.sandbox.backbone.Ports;
import io.orrery.sandbox.boot.LinkSettings;
import io.orrery.sandbox.boot.LinkedFirmware;
import io.orrery.sandbox.cloud.CloudEntry;
import io.orrery.sandbox.cloud.CloudLink;
import io.orrery.sandbox.controllers.Controllers;
import io.orrery.sandbox.controllers.Settings;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import io.orrery.sandbox.controllers.kubelet.PodAddresses;
import io.orrery.sandbox.controllers.openeo.OpenEoWorkloads;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** All of it, started and closed together. */
public final class Sandbox implements AutoCloseable {
    /** {@code sandbox.json} and clouds.yaml hold secrets, if only those of a sandbox. */
    private static final String OWNER_ONLY = "rw-------";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ObjectMapper json =
            JsonMapper.builder().addModule(new Jdk8Module()).build();
    private final SandboxSettings settings;
    private Backbone backbone;
    private LinkedFirmware firmware;
    /** Null where a genuine cloud stands in for it. */
    private OpenStackEmulator openstack;

    private Endpoints endpoints;

    private Sandbox(SandboxSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when everything answers and {@code sandbox.json} says where.
     *
     * @throws io.orrery.sandbox.backbone.BackboneException if ports or the data folder are taken; nothing is left running
     */
    public static Sandbox start(SandboxSettings settings) {
        var sandbox = new Sandbox(settings);
        try {
            sandbox.startParts();
            return sandbox;
        } catch (RuntimeException | Error e) {
            sandbox.close();
            throw e;
        }
    }

    private void startParts() {
        requireFreePorts();
        backbone = started(Backbone.start(
                BackboneSettings.keptIn(settings.data().resolve("backbone")).withPorts(settings.backbone())));
        remove(endpointsFile());
        firmware = started(new LinkedFirmware(link()));
        var cloud = settings.genuine().isPresent() ? genuine(settings.genuine().get()) : emulated();
        var view = started(StatusView.open(settings.status(), json, this::viewOfTheCloud, firmware));
        endpoints = written(cloud, view.url());
        parts.push(() -> remove(endpointsFile()));
    }

    private Endpoints.OpenStack emulated() {
        openstack = started(OpenStackEmulator.start(OpenStackSettings.defaults()
                .withAddress(settings.bind())
                .withPort(settings.openstack())
                .withTimings(settings.cloud())
                .withFloatingRange(settings.addresses(64))
                .withS3(backbone.s3().endpoint())
                .withFirmware(firmware)));
        return new Endpoints.OpenStack(
                openstack.authUrl(), cloudsYaml(openstack.cloudsYaml()), "sandbox", Optional.empty());
    }

    private Endpoints.OpenStack genuine(String name) {
        var entry = CloudEntry.find(name, System.getenv());
        var link = started(CloudLink.open(
                entry, settings.relay(), settings.wayIn(), settings.data().resolve("user-data"), firmware));
        return new Endpoints.OpenStack(
                link.authUrl(), cloudsYaml(entry.withComputeAt(link.compute())), name, Optional.of(link.apiServers()));
    }

    private Map<String, Object> viewOfTheCloud() {
        return openstack == null
                ? Map.of()
                : Map.of(
                        "openstackCalls",
                        openstack.calls().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        "inventory",
                        openstack.inventory().kinds());
    }

    private void requireFreePorts() {
        var ports = settings.backbone().byProgram();
        if (settings.genuine().isPresent()) {
            ports.put("the relay to the cloud", settings.relay());
            ports.put("the way to API servers", settings.wayIn());
        } else {
            ports.put("OpenStack", settings.openstack());
        }
        ports.put("the status view", settings.status());
        Ports.requireFree(ports);
    }

    /** Clusters share one range of load balancer addresses, as they share one loopback interface. */
    private LinkSettings link() {
        var controllers = Settings.defaults().withLoadBalancers(new PodAddresses(settings.addresses(80)));
        return LinkSettings.bare()
                .withStart(settings.rke2Start())
                .withKubelet(KubeletSettings.defaults()
                        .withPodAddresses(new PodAddresses(settings.addresses(96)))
                        .withWorkloads(OpenEoWorkloads.with(settings.batchJob())
                                .withImage(
                                        "zookeeper",
                                        ZooKeeperPod.withVolumesIn(
                                                settings.data().resolve("volumes")))))
                .withControllers(client -> {
                    StorageClasses.create(client);
                    return Controllers.start(client, controllers);
                });
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    private Endpoints written(Endpoints.OpenStack cloud, URI view) {
        var s3 = backbone.s3();
        var found = new Endpoints(
                backbone.kafka().bootstrapServers(),
                backbone.zookeeper().connectString(),
                new Endpoints.S3(s3.endpoint(), s3.accessKey(), s3.secretKey()),
                cloud,
                view,
                settings.data().toAbsolutePath().toString(),
                ProcessHandle.current().pid());
        write(endpointsFile(), json(found));
        return found;
    }

    /** @return where it is written */
    private String cloudsYaml(String text) {
        var file = settings.data().resolve("clouds.yaml").toAbsolutePath();
        write(file, text);
        return file.toString();
    }

    private Path endpointsFile() {
        return settings.data().resolve("sandbox.json");
    }

    private String json(Endpoints found) {
        try {
            return json.writeValueAsString(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At once or not at all: others wait for these files and read them as soon as they are there. */
    private static void write(Path file, String text) {
        try {
            var draft = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "draft",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** The endpoints in one line. */
    public String endpointsJson() {
        return json(endpoints);
    }

    public Backbone backbone() {
        return backbone;
    }

    /** Null where a genuine cloud stands in for it. */
    public OpenStackEmulator openstack() {
        return openstack;
    }

    public LinkedFirmware firmware() {
        return firmware;
    }

    /** The last that was started is closed first; may be called twice. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("the sandbox did not end in order", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
