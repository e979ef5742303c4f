package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.reconcile.MountedKubeconfigs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Kubeconfigs in a folder, as files of their name, or as folders of it with a file named {@code kubeconfig}. What they
 * say must stand in themselves: a file or program they name is not where the other services are.
 */
public final class KubeconfigFolder implements MountedKubeconfigs {

    /** Nobody knows when a token ends; it is not ours to renew. */
    private static final Instant UNKNOWN_END = Instant.parse("9999-12-31T23:59:59Z");

    private final Path folder;

    public KubeconfigFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Kubeconfig read(String name) throws UnusableException {
        var yaml = text(name);
        var config = parse(name, yaml);
        if (Optional.ofNullable(config.getMasterUrl())
                .filter(url -> !url.isEmpty())
                .isEmpty()) {
            throw new UnusableException("the kubeconfig " + name + " names no API server");
        }
        var hasCertificate = config.getClientCertData() != null && config.getClientKeyData() != null;
        if (!hasCertificate && config.getAutoOAuthToken() == null && config.getOauthToken() == null) {
            throw new UnusableException(
                    "the kubeconfig " + name + " must hold a client certificate with its key, or a token");
        }
        return new Kubeconfig(URI.create(config.getMasterUrl()), yaml, UNKNOWN_END);
    }

    private String text(String name) throws UnusableException {
        var file = folder.resolve(name);
        if (!file.normalize().startsWith(folder.normalize())) {
            throw new UnusableException("no name of a mounted kubeconfig: " + name);
        }
        try {
            return Files.readString(Files.isDirectory(file) ? file.resolve("kubeconfig") : file);
        } catch (NoSuchFileException e) {
            throw new UnusableException("no kubeconfig is mounted under the name " + name);
        } catch (IOException e) {
            throw new UnusableException("the kubeconfig " + name + " cannot be read");
        }
    }

    private static Config parse(String name, String yaml) throws UnusableException {
        try {
            return Config.fromKubeconfig(yaml);
        } catch (RuntimeException e) {
            throw new UnusableException("the file mounted as " + name + " is no kubeconfig");
        }
    }
}
