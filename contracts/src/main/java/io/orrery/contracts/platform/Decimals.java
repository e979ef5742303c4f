package io.orrery.contracts.platform;

import java.math.BigDecimal;

/** Decimals in their one form: 1, 1.0 and 1.00 are equal. */
final class Decimals {

    static BigDecimal of(double value) {
        var exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private Decimals() {}
}
