package io.orrery.sandbox.backbone;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** s3proxy: S3's protocol in front of a folder or of memory. */
final class S3Server extends Switchable implements S3 {
    private final BlobStore store;
    private final URI endpoint;
    private final S3Keys keys;
    private S3Proxy server;

    S3Server(BlobStore store, int port, S3Keys keys) {
        super("S3");
        this.store = store;
        this.endpoint = URI.create("http://" + Listening.HOST + ":" + port);
        this.keys = keys;
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public String accessKey() {
        return keys.accessKey();
    }

    @Override
    public String secretKey() {
        return keys.secretKey();
    }

    @Override
    void up() throws Exception {
        var starting = S3Proxy.builder()
                .blobStore(store)
                .endpoint(endpoint)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, keys.accessKey(), keys.secretKey())
                .jettyMaxThreads(24)
                .build();
        try {
            starting.start();
        } catch (Exception e) {
            starting.stop();
            throw e;
        }
        server = starting;
    }

    @Override
    void down() throws Exception {
        server.stop();
        server = null;
    }
}
