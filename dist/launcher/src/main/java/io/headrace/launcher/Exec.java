package io.headrace.launcher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** Replaces this process: its id, its standard streams and its parent stay as they are. */
public final class Exec {

    private Exec() {}

    /**
     * Runs {@code command} in place of this process. Returns only if that is not possible; all is
     * as before then.
     *
     * @param command the path of a program, then its arguments
     */
    // The WAR's manifest permits native access, which is what the warning is about.
    @SuppressWarnings("restricted")
    public static void run(String[] command) {
        var linker = Linker.nativeLinker();
        var execv = linker.defaultLookup().find("execv");
        if (execv.isEmpty()) {
            return;
        }
        var function =
                linker.downcallHandle(
                        execv.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var words = arena.allocate(ADDRESS, command.length + 1L);
            for (var i = 0; i < command.length; i++) {
                words.setAtIndex(ADDRESS, i, arena.allocateFrom(command[i]));
            }
            words.setAtIndex(ADDRESS, command.length, MemorySegment.NULL);
            System.out.flush();
            System.err.flush();
            var _ = (int) function.invokeExact(arena.allocateFrom(command[0]), words);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
