package io.orrery.provisioner.openstack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests with bytes that no decent HTTP server would send. Each connection carries one request. */
final class RawServer implements AutoCloseable {

    /** What becomes of a request that has arrived whole. */
    @FunctionalInterface
    interface Fate {
        void befall(Socket socket) throws IOException;
    }

    private final ServerSocket door;
    private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** @param fates of the requests in turn; those after them are answered well */
    RawServer(Fate... fates) {
        this.fates.addAll(List.of(fates));
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::receive);
    }

    static Fate answer(String status, String body, String... headers) {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return raw("HTTP/1.1 " + status + "\r\n" + lines + "Connection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    /** Sends this and closes the connection. */
    static Fate raw(String bytes) {
        return socket -> {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.close();
        };
    }

    /** Sends this, and nothing ever after. */
    static Fate hang(String bytes) {
        return socket -> {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        };
    }

    /** As a host does that has just been switched off and on. */
    static Fate reset() {
        return socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        };
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
    }

    /** The heads of those that have arrived. */
    List<String> requests() {
        return requests;
    }

    private void receive() {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            requests.add(head(socket));
            var fate = fates.poll();
            (fate == null ? answer("200 OK", "{}") : fate).befall(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the body too: a connection that is closed with unread bytes is reset. */
    private static String head(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        var head = new StringBuilder();
        var length = 0L;
        for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        for (var read = 0L; read < length; read++) {
            reader.read();
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
