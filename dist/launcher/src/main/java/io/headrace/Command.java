package io.headrace;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** A command line of {@code java -jar headrace.war} that begins with a command. */
final class Command {

    final File home;

    /** The command and what belongs to it, without {@code --home}. */
    final String[] words;

    private Command(File home, String[] words) {
        this.home = home;
        this.words = words;
    }

    /**
     * Reads the command line.
     *
     * @param property the home folder by system property, or null
     * @param variable the home folder by environment variable, or null
     * @throws IllegalArgumentException saying what is wrong and what to do
     */
    static Command parse(String[] args, String property, String variable) {
        String home = property != null ? property : variable;
        List<String> words = new ArrayList<String>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--home=")) {
                home = args[i].substring("--home=".length());
            } else if (!args[i].equals("--home")) {
                words.add(args[i]);
            } else if (++i < args.length) {
                home = args[i];
            } else {
                throw new IllegalArgumentException("--home needs a value; see help.");
            }
        }
        return new Command(Options.folder(home), words.toArray(new String[0]));
    }
}
