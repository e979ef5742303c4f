package io.orrery.reconciler.runtime;

import com.sun.net.httpserver.HttpServer;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.RetryOneTime;

/** A replica that leads before the application under test starts, and writes down what it is asked. */
public final class AnotherLeader implements QuarkusTestResourceLifecycleManager {

    static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private HttpServer server;
    private CuratorFramework zookeeper;
    private static LeaderLatch latch;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                ASKED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.getResponseHeaders().add("ETag", "\"7\"");
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            });
            server.start();
            lead("http://localhost:" + server.getAddress().getPort());
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void lead(String address) throws Exception {
        zookeeper = CuratorFrameworkFactory.newClient(
                TestBackbone.shared().zookeeper().connectString(), new RetryOneTime(100));
        zookeeper.start();
        latch = new LeaderLatch(zookeeper, "/orrery/leaders/echo", address);
        latch.start();
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("somebody else leads");
        }
    }

    static void leave() throws IOException {
        latch.close();
    }

    @Override
    public void stop() {
        zookeeper.close();
        server.stop(0);
    }
}
