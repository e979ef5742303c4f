package io.orrery.jobtracker.query;

import java.util.Optional;

/**
 * Which page of how many.
 *
 * @param page from 0
 */
public record Paging(int size, int page) {

    private static final int MOST = 10_000;

    /**
     * From query parameters, which may be absent (null): 10 on the first page.
     *
     * @throws QueryException if one is no whole number in its range
     */
    public static Paging of(String size, String page) {
        return new Paging(number("size", size, 10, MOST), number("page", page, 0, Integer.MAX_VALUE));
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

    private static int number(String name, String text, int absent, int most) {
        if (text == null) {
            return absent;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= 0 && number <= most && !(name.equals("size") && number == 0)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new QueryException(name + " must be an integer number");
        }
        throw new QueryException(name + " must lie between " + (name.equals("size") ? 1 : 0) + " and " + most);
    }
}
