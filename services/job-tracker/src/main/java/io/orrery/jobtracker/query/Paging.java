package io.orrery.jobtracker.query;

import java.util.Optional;

/**
 * Which page of how many.
 *
 * @param size however many: what an answer may hold is limited in bytes
 * @param page from 0
 */
public record Paging(int size, int page) {

    /**
     * From query parameters, which may be absent (null): 10 on the first page.
     *
     * @throws QueryException if one is no whole number in its range
     */
    public static Paging of(String size, String page) {
        return new Paging(number("size", size, 10, 1), number("page", page, 0, 0));
    }

    public long skipped() {
        return (long) size * page;
    }

    public Optional<Paging> previous() {
        return page == 0 ? Optional.empty() : Optional.of(new Paging(size, page - 1));
    }

    /** There is one exactly if this page is full; it may turn out to be empty. */
    public Optional<Paging> next(int found) {
        return found == size ? Optional.of(new Paging(size, page + 1)) : Optional.empty();
    }

    private static int number(String name, String text, int absent, int least) {
        if (text == null) {
            return absent;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new QueryException(name + " must be an integer number");
        }
        throw new QueryException(name + " must not be less than " + least);
    }
}
