package io.orrery.jobtracker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {

    @Test
    void isTenOnTheFirstPageUnlessAskedOtherwise() {
        assertThat(Paging.of(null, null)).isEqualTo(new Paging(10, 0));
    }

    @Test
    void thereIsANextPageExactlyIfThisOneIsFull() {
        assertThat(new Paging(5, 2).next(5)).contains(new Paging(5, 3));
        assertThat(new Paging(5, 2).next(4)).isEmpty();
        assertThat(new Paging(5, 2).previous()).contains(new Paging(5, 1));
        assertThat(new Paging(5, 0).previous()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ten, 0", "10, first", "0, 0", "-1, 0", "10, -1", "1.5, 0", "99999999999, 0"})
    void refusesWhatIsNoNumberInItsRange(String size, String page) {
        assertThatThrownBy(() -> Paging.of(size, page)).isInstanceOf(QueryException.class);
    }

    @Test
    void skipsWithoutOverflowing() {
        assertThat(Paging.of("2147483647", "2147483647").skipped()).isEqualTo(4_611_686_014_132_420_609L);
    }
}
