package io.orrery.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orrery.sandbox.backbone.Backbone;
import io.orrery.sandbox.backbone.BackboneSettings;
import io.orrery.sandbox.backbone.Ports;
import io.orrery.sandbox.boot.LinkSettings;
import io.orrery.sandbox.boot.LinkedFirmware;
import io.orrery.sandbox.controllers.Controllers;
import io.orrery.sandbox.controllers.Settings;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import io.orrery.sandbox.controllers.kubelet.PodAddresses;
import io.orrery.sandbox.controllers.openeo.OpenEoWorkloads;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/** All of it, started and closed together. */
public final class Sandbox implements AutoCloseable {
    /** {@code sandbox.json} and clouds.yaml hold secrets, if only those of a sandbox. */
    private static final String OWNER_ONLY = "rw-------";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ObjectMapper json = JsonMapper.builder().build();
    private final SandboxSettings settings;
    private Backbone backbone;
    private LinkedFirmware firmware;
    private OpenStackEmulator openstack;
    private StatusView status;
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
        openstack = started(OpenStackEmulator.start(OpenStackSettings.defaults()
                .withAddress(settings.bind())
                .withPort(settings.openstack())
                .withTimings(settings.cloud())
                .withFloatingRange(settings.addresses(64))
                .withS3(backbone.s3().endpoint())
                .withFirmware(firmware)));
        status = started(StatusView.open(settings.status(), json, openstack, firmware));
        endpoints = written();
        parts.push(() -> remove(endpointsFile()));
    }

    private void requireFreePorts() {
        var ports = settings.backbone().byProgram();
        ports.put("OpenStack", settings.openstack());
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
                        .withWorkloads(OpenEoWorkloads.with(settings.batchJob())))
                .withControllers(client -> {
                    StorageClasses.create(client);
                    return Controllers.start(client, controllers);
                });
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    private Endpoints written() {
        var cloudsYaml = settings.data().resolve("clouds.yaml").toAbsolutePath();
        write(cloudsYaml, openstack.cloudsYaml());
        var s3 = backbone.s3();
        var found = new Endpoints(
                backbone.kafka().bootstrapServers(),
                backbone.zookeeper().connectString(),
                new Endpoints.S3(s3.endpoint(), s3.accessKey(), s3.secretKey()),
                new Endpoints.OpenStack(openstack.authUrl(), cloudsYaml.toString(), "sandbox"),
                status.url(),
                settings.data().toAbsolutePath().toString(),
                ProcessHandle.current().pid());
        write(endpointsFile(), json(found));
        return found;
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
