package io.orrery.provisioner.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import nl.altindag.ssl.SSLFactory;

/** HTTPS in front of the emulated Keystone; the other services are reached as the catalog says. */
final class TlsFront implements AutoCloseable {

    private final HttpsServer server;
    private final URI behind;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * @param own what it shows
     * @param mutual whether clients have to show one of the same authority
     */
    TlsFront(PrivateAuthority own, URI behind, boolean mutual) throws IOException {
        this.behind = behind;
        var context = SSLFactory.builder()
                .withIdentityMaterial(own.privateKey(), new char[0], own.x509())
                .withTrustMaterial(List.of(own.issuer().x509()))
                .build()
                .getSslContext();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var all = getSSLContext().getDefaultSSLParameters();
                all.setNeedClientAuth(mutual);
                parameters.setSSLParameters(all);
            }
        });
        server.createContext("/", this::forward);
        server.start();
    }

    URI root() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    private void forward(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            var request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
                    .header("Content-Type", "application/json")
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                    .build();
            var reply = client.send(request, BodyHandlers.ofByteArray());
            reply.headers().firstValue("X-Subject-Token").ifPresent(token -> exchange.getResponseHeaders()
                    .add("X-Subject-Token", token));
            exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
