package io.orrery.contracts.platform;

import java.util.Optional;

/** Which cloud, by the name that clouds.yaml gives it; what it takes to sign in never stands in the document. */
public record Cloud(
        @Key(
                about = "The entry of clouds.yaml (password or application credential).",
                change = ChangeClass.REFUSED,
                pattern = Shape.MOUNTED,
                shape = "the name of an entry of clouds.yaml")
        String name,

        @Key(
                about = "The region; without it the one that clouds.yaml names.",
                change = ChangeClass.REFUSED,
                pattern = Shape.NAME,
                shape = Shape.NAME_WORDS)
        Optional<String> region) {}
