package io.orrery.jobtracker.issuer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that only this test knows. */
public final class InMemoryClients implements Clients {

    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    @Override
    public Optional<Client> find(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    @Override
    public void put(Client client) {
        clients.put(client.id(), client);
    }

    @Override
    public void remove(String id) {
        clients.remove(id);
    }
}
