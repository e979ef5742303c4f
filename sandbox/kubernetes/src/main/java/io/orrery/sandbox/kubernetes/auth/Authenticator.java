package io.orrery.sandbox.kubernetes.auth;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Finds out who asks. A wrong certificate is refused here and not in the TLS handshake, as upstream does: 401, not an alert. */
public final class Authenticator {
    private static final String BEARER = "bearer ";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final Set<TrustAnchor> clientCas;
    private final ServiceAccountTokens tokens;

    public Authenticator(X509Certificate clientCa, ServiceAccountTokens tokens) {
        this.clientCas = Set.of(new TrustAnchor(clientCa, null));
        this.tokens = tokens;
    }

    /**
     * Who it is; empty for nobody we know.
     *
     * @param certificates the client's chain, its own first; empty without one
     * @param authorization the Authorization header; empty without one
     */
    public Optional<User> authenticate(List<X509Certificate> certificates, String authorization) {
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return tokens.verify(authorization.substring(BEARER.length()).strip());
        }
        return isTrusted(certificates) ? Optional.of(user(certificates.getFirst())) : Optional.empty();
    }

    private boolean isTrusted(List<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            return false;
        }
        try {
            var usages = certificates.getFirst().getExtendedKeyUsage();
            if (usages != null && !usages.contains(CLIENT_AUTH)) {
                return false;
            }
            var parameters = new PKIXParameters(clientCas);
            parameters.setRevocationEnabled(false);
            var path = CertificateFactory.getInstance("X.509").generateCertPath(withoutRoots(certificates));
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> withoutRoots(List<X509Certificate> chain) {
        return chain.stream()
                .filter(certificate ->
                        !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .toList();
    }

    private static User user(X509Certificate certificate) {
        var name = "";
        var groups = new ArrayList<String>();
        try {
            for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    name = String.valueOf(part.getValue());
                } else if (part.getType().equalsIgnoreCase("O")) {
                    groups.add(String.valueOf(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("a certificate with an unreadable subject", e);
        }
        groups.add("system:authenticated");
        return new User(name, "", groups);
    }
}
