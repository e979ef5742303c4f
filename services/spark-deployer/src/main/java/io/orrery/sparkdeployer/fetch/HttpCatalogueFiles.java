package io.orrery.sparkdeployer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.sparkdeployer.reconcile.CatalogueFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Catalogues by HTTP. */
public final class HttpCatalogueFiles implements CatalogueFiles, AutoCloseable {

    private static final int OK = 200;

    private final HttpClient http;
    private final Duration timeout;
    private final int limit;

    /** @param limit in bytes */
    public HttpCatalogueFiles(Duration timeout, int limit) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        this.timeout = timeout;
        this.limit = limit;
    }

    @Override
    public String fetch(URI url, Optional<String> sha256) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Accept", "application/json")
                .build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException(url + " answers " + response.statusCode());
            }
            return text(url, checked(url, read(url, body), sha256));
        }
    }

    private byte[] read(URI url, InputStream body) throws IOException {
        var bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new IOException(url + " is larger than " + limit + " bytes");
        }
        return bytes;
    }

    private static byte[] checked(URI url, byte[] bytes, Optional<String> sha256) throws IOException {
        var digest = sha256(bytes);
        if (sha256.isPresent() && !sha256.get().equals(digest)) {
            throw new IOException(url + " has the SHA-256 " + digest + ", and the document says " + sha256.get());
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String text(URI url, byte[] bytes) throws IOException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(url + " is not UTF-8", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
