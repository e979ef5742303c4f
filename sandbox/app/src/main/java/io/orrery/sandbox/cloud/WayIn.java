package io.orrery.sandbox.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An HTTP proxy (CONNECT only) to the emulated API servers: a genuine cloud's floating IP leads to its machine, on which nothing
 * runs, so whoever asks for that address is led here to where the cluster's API is. To nowhere else.
 */
final class WayIn implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WayIn.class.getName());
    private static final int LONGEST_HEAD = 8192;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerSocket socket;
    private final Function<String, Optional<URI>> apiServers;

    private WayIn(ServerSocket socket, Function<String, Optional<URI>> apiServers) {
        this.socket = socket;
        this.apiServers = apiServers;
    }

    /** @param apiServers where the API is that the world knows by this host */
    static WayIn open(int port, Function<String, Optional<URI>> apiServers) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            var way = new WayIn(socket, apiServers);
            way.threads.execute(way::accept);
            return way;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                LOG.log(Level.FINE, "The way in is closed", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var target = target(head(client));
            if (target.isEmpty()) {
                say(client, "502 No cluster has its API there");
                return;
            }
            try (var api = new Socket(target.get().getHost(), target.get().getPort())) {
                say(client, "200 Connection established");
                join(client, api);
            } catch (IOException e) {
                say(client, "502 " + e.getMessage());
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "A connection ended", e);
        }
    }

    /** The request without its body: TLS begins only after our answer. */
    private static String head(Socket client) throws IOException {
        var in = client.getInputStream();
        var head = new StringBuilder();
        int read;
        while ((read = in.read()) >= 0 && head.length() < LONGEST_HEAD) {
            head.append((char) read);
            if (head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                break;
            }
        }
        return head.toString();
    }

    private Optional<URI> target(String head) {
        var words = head.lines().findFirst().orElse("").split(" ", -1);
        return words.length == 3 && words[0].equals("CONNECT")
                ? apiServers.apply(words[1].replaceAll(":[0-9]+$", ""))
                : Optional.empty();
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void join(Socket client, Socket api) throws IOException {
        var back = threads.submit(() -> {
            api.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
            return true;
        });
        try {
            client.getInputStream().transferTo(api.getOutputStream());
            api.shutdownOutput();
            back.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(Level.FINE, "The API server ended the connection", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
