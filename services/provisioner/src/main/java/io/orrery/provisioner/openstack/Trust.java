package io.orrery.provisioner.openstack;

import io.orrery.provisioner.openstack.CloudEntry.Tls;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.exception.GenericException;
import nl.altindag.ssl.pem.util.PemUtils;

/** Whom a cloud's entry trusts, and who we are to it. */
final class Trust {

    private Trust() {}

    /** Not even host names are compared where the entry says {@code verify: false}. */
    static SSLContext context(Tls tls) {
        try {
            var factory = SSLFactory.builder();
            if (!tls.verify()) {
                factory.withUnsafeTrustMaterial().withUnsafeHostnameVerifier();
            } else if (tls.authorities().isPresent()) {
                factory.withTrustMaterial(
                        PemUtils.loadTrustMaterial(tls.authorities().get().path()));
            } else {
                factory.withDefaultTrustMaterial();
            }
            tls.certificate()
                    .map(certificate -> PemUtils.loadIdentityMaterial(
                            certificate.path(), tls.key().orElse(certificate).path()))
                    .ifPresent(factory::withIdentityMaterial);
            return factory.build().getSslContext();
        } catch (GenericException | IllegalArgumentException e) {
            throw new CloudException(
                    Sort.REFUSED, "CloudMisconfigured", "cannot be used: " + files(tls), null, null, e);
        }
    }

    private static String files(Tls tls) {
        return Stream.of(tls.authorities(), tls.certificate(), tls.key())
                .flatMap(Optional::stream)
                .map(file -> file.path().toString())
                .collect(Collectors.joining(", "));
    }
}
