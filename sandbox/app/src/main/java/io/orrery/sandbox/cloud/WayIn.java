package io.orrery.sandbox.cloud;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
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
 * A proxy (SOCKS 5, RFC 1928) to the emulated API servers: a genuine cloud's floating IP leads to its machine, on which nothing
 * runs, so whoever asks for that address is led to where the cluster's API is. To nowhere else.
 */
final class WayIn implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WayIn.class.getName());
    private static final byte VERSION = 5;
    private static final byte CONNECT = 1;
    private static final byte SUCCEEDED = 0;
    private static final byte HOST_UNREACHABLE = 4;

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
        return URI.create("socks5://127.0.0.1:" + socket.getLocalPort());
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
            var asked = asked(new DataInputStream(client.getInputStream()), client.getOutputStream());
            var target = asked.flatMap(apiServers);
            if (target.isEmpty()) {
                say(client, HOST_UNREACHABLE);
                return;
            }
            try (var api = new Socket(target.get().getHost(), target.get().getPort())) {
                say(client, SUCCEEDED);
                join(client, api);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "A connection ended", e);
        }
    }

    /** The host that the client wants to be connected with, as an address or a name; without signing in. */
    private static Optional<String> asked(DataInputStream in, OutputStream out) throws IOException {
        if (in.readByte() != VERSION) {
            return Optional.empty();
        }
        in.skipNBytes(in.readUnsignedByte());
        out.write(new byte[] {VERSION, 0});
        var version = in.readByte();
        var command = in.readByte();
        in.skipNBytes(1);
        var host = host(in);
        in.skipNBytes(2);
        return version == VERSION && command == CONNECT ? host : Optional.empty();
    }

    private static Optional<String> host(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 1 -> Optional.of(InetAddress.getByAddress(in.readNBytes(4)).getHostAddress());
            case 3 -> Optional.of(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII));
            default -> Optional.empty();
        };
    }

    private static void say(Socket client, byte outcome) throws IOException {
        client.getOutputStream().write(new byte[] {VERSION, outcome, 0, 1, 0, 0, 0, 0, 0, 0});
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
