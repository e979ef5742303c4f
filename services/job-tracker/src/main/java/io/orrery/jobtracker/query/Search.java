package io.orrery.jobtracker.query;

/**
 * What to find, and what to show of it.
 *
 * @param projection the {@code _source} of the search
 */
public record Search(Query query, Projection projection) {}
