package io.orrery.sandbox.controllers.spark;

import java.time.Duration;

/** What the operator does next with an application. */
sealed interface Next {

    /** Create the driver. */
    record Submit() implements Next {}

    /** Remove what the last run left, and then take this status. */
    record CleanUp(SparkStatus after) implements Next {}

    /** Write this status; the same as before means that there is nothing to do. */
    record Tell(SparkStatus status) implements Next {}

    record Wait(Duration time) implements Next {}

    /** Its time to live is over. */
    record Delete() implements Next {}
}
