package io.orrery.jobtracker.issuer;

import io.orrery.jobtracker.registry.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from what an issuer says of a token whose it is. */
final class Claims {

    private Claims() {}

    /** The client: RFC 9068 has its id as client_id, OpenID Connect as azp; some issuers say it as the subject only. */
    static Optional<String> client(Map<String, Object> claims) {
        return Stream.of("client_id", "azp", "sub")
                .map(claims::get)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst();
    }

    /** Its rights are ours to give: a client that is not known here has signed in, and may use nothing. */
    static Caller caller(String client, Clients clients) {
        return new Caller(client, clients.find(client).map(Client::backends).orElse(Set.of()));
    }
}
