package io.orrery.provisioner.openstack;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a cloud is reached, by all that clouds.yaml and its like say of it.
 *
 * @param region empty where nothing says one
 */
record CloudEntry(URI authUrl, Credential credential, Optional<String> region, Tls tls, Services services) {

    /**
     * What the other side has to prove, and we to it.
     *
     * @param verify whether certificates and host names are checked at all
     * @param authorities a bundle that is trusted in place of the system's
     * @param key may stand in the file of the certificate
     */
    record Tls(boolean verify, Optional<PemFile> authorities, Optional<PemFile> certificate, Optional<PemFile> key) {}

    /** What is said of single services, as {@code network_endpoint_override} or {@code interface}. */
    record Services(Map<String, String> settings) {

        Services {
            settings = Map.copyOf(settings);
        }

        /**
         * @param names the service's, of which the first counts that something is said of
         * @param what as {@code endpoint_override}
         */
        Optional<String> of(List<String> names, String what) {
            return names.stream()
                    .map(name -> settings.get(name.replace('-', '_') + "_" + what))
                    .filter(value -> value != null && !value.isEmpty())
                    .findFirst();
        }

        /** public, internal or admin. */
        String face(List<String> names) {
            return of(names, "interface")
                    .or(() -> Optional.ofNullable(settings.get("interface")))
                    .orElse("public")
                    .replaceAll("URL$", "");
        }
    }
}
