package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.jobtracker.registry.RegistryException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivingBodyTest {

    private static final int LARGEST = 100;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Room room = new Room(150);
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(DEADLINE.toSeconds(), SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(DEADLINE.toSeconds(), SECONDS);
    }

    /** With the length of the body, or with what is wrong with it. */
    private void answer(HttpServerRequest request) {
        var body = new ArrivingBody(request, LARGEST, room);
        body.gather().whenComplete((whole, trouble) -> {
            body.leave();
            request.response()
                    .end(trouble instanceof RegistryException refusal ? refusal.status() + "" : "came " + whole.length);
        });
    }

    @Test
    void whatComesWhileOthersTakeTheRoomIs503UntilTheyAreGone() throws Exception {
        try (var first = begin(100, 90)) {
            await().atMost(DEADLINE).until(() -> room.taken() == 90);

            assertThat(send(80)).isEqualTo("503");
            assertThat(send(60)).isEqualTo("came 60");
            assertThat(room.taken()).isEqualTo(90);
            assertThat(first.isClosed()).isFalse();
        }
        await().atMost(DEADLINE).until(() -> room.taken() == 0);
        assertThat(send(80)).isEqualTo("came 80");
    }

    @Test
    void whatIsTooLargeTakesNoRoom() throws Exception {
        assertThat(send(LARGEST + 1)).isEqualTo("413");

        assertThat(room.taken()).isZero();
    }

    private String send(int length) throws IOException {
        try (var socket = begin(length, length)) {
            socket.setSoTimeout((int) DEADLINE.toMillis());
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private Socket begin(int length, int sent) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        var head = "POST / HTTP/1.1\r\nHost: it\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write((head + "x".repeat(sent)).getBytes(UTF_8));
        return socket;
    }
}
