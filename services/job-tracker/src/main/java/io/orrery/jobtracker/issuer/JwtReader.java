package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import io.orrery.jobtracker.registry.RegistryException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Reads access tokens that are JSON web tokens, and trusts none that another issuer made, that is for another audience,
 * that is not valid yet or no more, or that was signed otherwise than with one of the issuer's public keys. Clocks may
 * differ by {@value DefaultJWTClaimsVerifier#DEFAULT_MAX_CLOCK_SKEW_SECONDS} s.
 */
final class JwtReader {

    private static final Logger LOG = Logger.getLogger(JwtReader.class);

    /** Asymmetric ones only: a public key is no secret to sign with. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final ConfigurableJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @param audiences one of them must be the token's; empty: any */
    JwtReader(URI issuer, Set<String> audiences, JWKSource<SecurityContext> keys, Clock clock) {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(claims(issuer, audiences, clock));
    }

    /**
     * @return empty for a token that is not to be trusted
     * @throws RegistryException 503 if the issuer's keys are not to be had
     */
    Optional<JWTClaimsSet> read(String token) {
        try {
            return Optional.of(processor.process(token, null));
        } catch (KeySourceException e) {
            LOG.warnf("the issuer's keys are not to be had: %s", e.getMessage());
            throw RegistryException.unavailable("the issuer of tokens does not answer");
        } catch (ParseException | BadJOSEException | JOSEException e) {
            LOG.debugf("a token was refused: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static JWTClaimsSetVerifier<SecurityContext> claims(URI issuer, Set<String> audiences, Clock clock) {
        var exact = new JWTClaimsSet.Builder().issuer(issuer.toString()).build();
        return new DefaultJWTClaimsVerifier<>(audiences.isEmpty() ? null : audiences, exact, Set.of("exp"), Set.of()) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
    }
}
