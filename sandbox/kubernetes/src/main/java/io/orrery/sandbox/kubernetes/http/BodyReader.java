package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads a request's body up to upstream's limit of 3 MiB. */
final class BodyReader {
    private static final int LIMIT = 3 * 1024 * 1024;

    private BodyReader() {}

    static void read(HttpServerRequest request, Consumer<Buffer> reader) {
        var body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= LIMIT) {
                body.appendBuffer(part);
            }
        });
        request.exceptionHandler(gone -> request.connection().close());
        request.endHandler(end -> {
            if (body.length() > LIMIT) {
                var error = ApiError.tooLarge(LIMIT);
                request.response()
                        .setStatusCode(error.code())
                        .putHeader("Content-Type", "application/json")
                        .end(Buffer.buffer(Json.bytes(error.status())));
            } else {
                reader.accept(body);
            }
        });
    }
}
