package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Jobs written down in one object: a line of JSON for each, each compressed by itself, so that one is read without the
 * others and {@code zcat} still shows all of them. At its end stands what is where.
 *
 * @param key where the object is
 * @param jobs how many there are in it
 * @param contents where its table of contents begins, in bytes
 * @param contentsLength how long that is, in bytes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Segment(String backendId, String key, int jobs, long contents, int contentsLength) {}
