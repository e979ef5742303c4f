package io.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A line of the ledger in the course of its thing's life. */
class ResourceTest {

    private static final Sealed SECRET = new Sealed(Sealed.Purpose.CLOUD, "digest", "ciphertext");

    @Test
    void keepsItsSecretUntilTheThingIsGone() {
        var seen = Resource.intended("application credential", "key", "name")
                .openedBy(SECRET)
                .seen("id-1");

        assertThat(seen.in(Resource.State.CONDEMNED).secret()).contains(SECRET);
        assertThat(seen.in(Resource.State.ABSENT).secret()).isEmpty();
    }

    @Test
    void isReadAsItWasWrittenBeforeThereWereSecrets() throws Exception {
        var old =
                "{\"kind\": \"network\", \"key\": \"network\", \"name\": \"n\", \"id\": \"i\", \"state\": \"PRESENT\"}";

        var read = JsonMapper.builder().addModule(new Jdk8Module()).build().readValue(old, Resource.class);

        assertThat(read).isEqualTo(Resource.intended("network", "network", "n").seen("i"));
        assertThat(read.secret()).isEqualTo(Optional.empty());
    }
}
