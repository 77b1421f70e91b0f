package roman;

/** Prints each argument, a number or a numeral, in both notations. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println("usage: roman NUMBER|NUMERAL...");
            System.exit(2);
        }
        for (String argument : arguments) {
            try {
                boolean digits = argument.chars().allMatch(Character::isDigit);
                int number = digits ? Integer.parseInt(argument) : Roman.parse(argument);
                System.out.printf("%4d  %s%n", number, Roman.format(number));
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}
