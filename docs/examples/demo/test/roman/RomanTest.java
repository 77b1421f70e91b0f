package roman;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The tests, without a framework: {@code examples} or {@code properties}. Exits 1 on failure. */
public final class RomanTest {

    private static final PrintStream OUT =
            new PrintStream(
                    new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private int passed;
    private int failed;

    private RomanTest() {}

    public static void main(String[] arguments) {
        RomanTest test = new RomanTest();
        OUT.printf(
                "\u001b[1;34m==>\u001b[0m %s, language %s%n",
                arguments[0], Locale.getDefault().getLanguage());
        switch (arguments[0]) {
            case "examples":
                test.examples();
                break;
            case "properties":
                test.properties();
                break;
            default:
                throw new IllegalArgumentException("no suite " + arguments[0]);
        }
        OUT.printf(
                "%s%d passed, %d failed\u001b[0m%n",
                test.failed == 0 ? "\u001b[1;32m" : "\u001b[1;31m", test.passed, test.failed);
        System.exit(test.failed == 0 ? 0 : 1);
    }

    private void examples() {
        check("1 is I", Roman.format(1).equals("I"));
        check("4 is IV, not IIII", Roman.format(4).equals("IV"));
        check("1990 is MCMXC", Roman.format(1990).equals("MCMXC"));
        check("3999 is MMMCMXCIX", Roman.format(3999).equals("MMMCMXCIX"));
        check("xiv is 14, in lower case too", Roman.parse("xiv") == 14);
        check("iii is 3 in every language", Roman.parse("iii") == 3);
        check("there is no 0", fails(() -> Roman.format(0)));
        check("there is no 4000", fails(() -> Roman.format(4000)));
        check("IIII is no numeral", fails(() -> Roman.parse("IIII")));
        check("VX is no numeral", fails(() -> Roman.parse("VX")));
        check("an empty text is no numeral", fails(() -> Roman.parse("")));
    }

    private void properties() {
        boolean returns = true;
        boolean orders = true;
        boolean shortEnough = true;
        for (int n = 1; n <= Roman.MAX; n++) {
            String numeral = Roman.format(n);
            returns &= Roman.parse(numeral) == n;
            orders &= Roman.parse(numeral.toLowerCase(Locale.ROOT)) == n;
            shortEnough &= numeral.length() <= 15;
        }
        check("every number comes back from its numeral", returns);
        check("upper and lower case are the same", orders);
        check("no numeral is longer than 15 letters", shortEnough);
    }

    private static boolean fails(Runnable action) {
        try {
            action.run();
            return false;
        } catch (IllegalArgumentException expected) {
            return true;
        }
    }

    private void check(String sentence, boolean holds) {
        OUT.printf("  %s %s%n", holds ? "\u001b[32m\u2713\u001b[0m" : "\u001b[31m\u2717\u001b[0m", sentence);
        if (holds) {
            passed++;
        } else {
            failed++;
        }
    }
}
