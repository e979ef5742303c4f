package io.orrery.jobtracker.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What is to be merged into a job's document, and why.
 *
 * @param reason for the history, where the status changes
 */
public record Change(ObjectNode patch, Optional<String> reason) {}
