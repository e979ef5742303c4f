package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/** A connection on which a client may behave as no library would. */
final class Wire implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 60_000;
    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    static Wire to(URI server) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(DEADLINE_MILLIS);
        return new Wire(socket);
    }

    /** Lines of a head, without the empty one that ends it. */
    Wire head(String... lines) throws IOException {
        return bytes((String.join("\r\n", lines) + "\r\nHost: registry\r\n\r\n").getBytes(UTF_8));
    }

    Wire bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** So many bytes of nothing, in chunks of the chunked encoding if {@code chunked}. */
    Wire filler(long count, boolean chunked) throws IOException {
        var part = new byte[64 * 1024];
        Arrays.fill(part, (byte) ' ');
        for (long sent = 0; sent < count; sent += part.length) {
            if (chunked) {
                bytes("10000\r\n".getBytes(UTF_8)).bytes(part).bytes("\r\n".getBytes(UTF_8));
            } else {
                bytes(part);
            }
        }
        return this;
    }

    /** The status line; empty if the connection was closed instead. */
    String status() throws IOException {
        var line = new StringBuilder();
        for (var next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString().trim();
    }

    /** All that comes until the server closes the connection. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    boolean hasAnswer() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
