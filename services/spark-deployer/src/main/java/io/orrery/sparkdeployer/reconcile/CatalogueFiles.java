package io.orrery.sparkdeployer.reconcile;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Fetches layer catalogues that the document names by URL. */
@FunctionalInterface
public interface CatalogueFiles {

    /**
     * The file's text.
     *
     * @param sha256 in hexadecimal digits, which the file must have
     * @throws IOException also if it is too large, or has another digest
     */
    String fetch(URI url, Optional<String> sha256) throws IOException, InterruptedException;
}
