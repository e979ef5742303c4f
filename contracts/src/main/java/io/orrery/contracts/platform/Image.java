package io.orrery.contracts.platform;

import java.util.Optional;

/** What the machines boot from. */
public sealed interface Image {

    /** An image that is there already; it is borrowed, so never changed and never deleted. */
    @Case("name")
    record Named(
            @Key(
                    about = "An existing image, by name or id.",
                    change = ChangeClass.ROLL,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            String name)
            implements Image {}

    /** A golden image made by Orrery, with Kubernetes' files in it. */
    @Case("")
    record Built(
            @Key(about = "The recipe of a golden image.", change = ChangeClass.ROLL)
            Recipe build) implements Image {}

    /** How a golden image is made. */
    record Recipe(
            @Key(
                    about = "The image that the builder machine boots from, by name or id.",
                    change = ChangeClass.ROLL,
                    absent = "Ubuntu 22.04 LTS",
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            String base,

            @Key(
                    about = "Flavor of the builder machine; without it that of the first pool.",
                    change = ChangeClass.LIVE,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            Optional<String> flavor) {}
}
