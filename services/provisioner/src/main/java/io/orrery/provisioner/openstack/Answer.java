package io.orrery.provisioner.openstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** A reply, as openstack4j wants to read it. */
final class Answer implements HttpResponse {

    private final Reply reply;

    Answer(Reply reply) {
        this.reply = reply;
    }

    @Override
    public <T> T getEntity(Class<T> type) {
        return getEntity(type, null);
    }

    @Override
    public <T> T getEntity(Class<T> type, ExecutionOptions<T> options) {
        return HttpEntityHandler.handle(this, type, options, true);
    }

    @Override
    public <T> T readEntity(Class<T> type) {
        try {
            return ObjectMapperSingleton.getContext(type).readerFor(type).readValue(reply.text());
        } catch (IOException e) {
            throw new CloudException(
                    Sort.UNSURE, "an answer could not be read as " + type.getSimpleName(), reply.requestId(), null, e);
        }
    }

    @Override
    public int getStatus() {
        return reply.status();
    }

    @Override
    public String getContentType() {
        return header("content-type");
    }

    @Override
    public String getStatusMessage() {
        return Integer.toString(reply.status());
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(reply.text().getBytes(UTF_8));
    }

    @Override
    public String header(String name) {
        return reply.header(name).orElse(null);
    }

    @Override
    public Map<String, String> headers() {
        return reply.headers();
    }

    @Override
    public void close() {}
}
