package io.orrery.jobtracker.kubernetes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.jobtracker.reconcile.Applications;
import io.orrery.jobtracker.reconcile.Clusters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Clusters by kubeconfig, each with a client of its own. */
public final class KubernetesClusters implements Clusters {

    private static final int CONNECTION_TIMEOUT_MS = 5_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;

    @Override
    public Applications at(String kubeconfig, String namespace) {
        return new SparkApplications(client(kubeconfig), namespace);
    }

    static KubernetesClient client(String kubeconfig) {
        var given = Config.fromKubeconfig(kubeconfig);
        var config = new ConfigBuilder(given)
                .withClientKeyAlgo(isElliptic(given) ? "EC" : given.getClientKeyAlgo())
                .withConnectionTimeout(CONNECTION_TIMEOUT_MS)
                .withRequestTimeout(REQUEST_TIMEOUT_MS)
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The client goes by the key's heading, and PKCS#8's does not say of which kind it is: it is taken for RSA then. */
    private static boolean isElliptic(Config config) {
        if (config.getClientKeyData() == null) {
            return false;
        }
        try {
            var pem = new String(Base64.getDecoder().decode(config.getClientKeyData()), US_ASCII);
            var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)) != null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
