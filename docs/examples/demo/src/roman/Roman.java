package roman;

import java.util.Locale;

/** Converts numbers from 1 to 3999 to Roman numerals and back. */
public final class Roman {

    public static final int MAX = 3999;

    private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] SYMBOLS = {
        "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
    };

    private Roman() {}

    /** Returns {@code number} as a numeral in upper case. */
    public static String format(int number) {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException(number + " is not between 1 and " + MAX);
        }
        var numeral = new StringBuilder();
        int rest = number;
        for (int i = 0; i < VALUES.length; i++) {
            while (rest >= VALUES[i]) {
                numeral.append(SYMBOLS[i]);
                rest -= VALUES[i];
            }
        }
        return numeral.toString();
    }

    /** Returns the number that {@code numeral} stands for, in upper or lower case. */
    public static int parse(String numeral) {
        // Not the default locale: in Turkish, the upper case of "i" is not "I".
        String rest = numeral.toUpperCase(Locale.ROOT);
        int number = 0;
        for (int i = 0; i < VALUES.length; i++) {
            while (rest.startsWith(SYMBOLS[i])) {
                number += VALUES[i];
                rest = rest.substring(SYMBOLS[i].length());
            }
        }
        if (number < 1
                || number > MAX
                || !rest.isEmpty()
                || !format(number).equals(numeral.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + numeral + "' is no Roman numeral");
        }
        return number;
    }
}
