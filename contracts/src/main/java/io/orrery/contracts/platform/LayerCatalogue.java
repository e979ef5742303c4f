package io.orrery.contracts.platform;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where openEO's layer catalogue comes from: a JSON array of STAC-like collections. */
public sealed interface LayerCatalogue {

    /** The collections themselves; numbers in them are {@code Long}, {@code BigInteger} or {@code Double}. */
    @Case("inline")
    record Inline(
            @Key(about = "The collections themselves.", change = ChangeClass.LIVE, min = 1, max = 2000)
            List<Map<String, Object>> inline)
            implements LayerCatalogue {

        public Inline {
            inline = OpenTree.copyOf(inline);
        }
    }

    /** A file beside the document. The client puts its content in place of it, so a service never sees this case. */
    @Case("file")
    record FromFile(
            @Key(
                    about = "A file beside the document, which the client sends along.",
                    change = ChangeClass.LIVE,
                    pattern = "[^\\x00-\\x1f\\x7f]+",
                    shape = "a path")
            String file)
            implements LayerCatalogue {}

    /** A file that the deployer fetches. */
    @Case("url")
    record FromUrl(
            @Key(about = "Where the catalogue is fetched from.", change = ChangeClass.LIVE)
            URI url,

            @Key(
                    about = "SHA-256 that the file must have, in hexadecimal digits.",
                    change = ChangeClass.LIVE,
                    pattern = "[0-9a-f]{64}",
                    shape = "64 lower case hexadecimal digits")
            Optional<String> sha256)
            implements LayerCatalogue {}
}
