package io.orrery.contracts.platform;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlatformReferenceTest {

    @Test
    void isInTheDocumentationAsItFollowsFromTheRecords() throws IOException {
        Generated.check(Documents.ROOT.resolve("docs/platform.md"), Reference.markdown());
    }
}
