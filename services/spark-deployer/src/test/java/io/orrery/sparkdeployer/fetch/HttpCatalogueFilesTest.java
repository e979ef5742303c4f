package io.orrery.sparkdeployer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCatalogueFilesTest {

    private static final String EMPTY_ARRAY = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";

    private final HttpCatalogueFiles files = new HttpCatalogueFiles(Duration.ofSeconds(10), 100);
    private HttpServer http;

    @BeforeEach
    void serve() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/good.json", 200, "[]".getBytes(UTF_8));
        serve("/large.json", 200, new byte[101]);
        serve("/broken.json", 200, new byte[] {'[', (byte) 0xff, ']'});
        serve("/gone.json", 404, new byte[0]);
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
        files.close();
    }

    @Test
    void fetchesTheTextOfTheFile() throws Exception {
        assertThat(files.fetch(at("/good.json"), Optional.empty())).isEqualTo("[]");
        assertThat(files.fetch(at("/good.json"), Optional.of(EMPTY_ARRAY))).isEqualTo("[]");
    }

    @Test
    void refusesAFileWithAnotherDigestThanTheDocumentSays() {
        assertThatThrownBy(() -> files.fetch(at("/good.json"), Optional.of("0".repeat(64))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(EMPTY_ARRAY);
    }

    @Test
    void refusesAFileThatIsTooLargeOrNoTextOrNotThere() {
        assertThatThrownBy(() -> files.fetch(at("/large.json"), Optional.empty()))
                .hasMessageContaining("larger than 100");
        assertThatThrownBy(() -> files.fetch(at("/broken.json"), Optional.empty()))
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> files.fetch(at("/gone.json"), Optional.empty()))
                .hasMessageContaining("answers 404");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path);
    }

    private void serve(String path, int status, byte[] bytes) {
        http.createContext(path, exchange -> {
            try (var body = exchange.getResponseBody()) {
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                body.write(bytes);
            }
        });
    }
}
