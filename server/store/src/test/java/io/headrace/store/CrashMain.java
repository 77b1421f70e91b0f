package io.headrace.store;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Accepts runs in the Derby database given until it is killed, and prints the id of each that was
 * acknowledged.
 */
final class CrashMain {

    private static final int CALLERS = 8;

    private CrashMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var stores =
                DatabaseStores.open(
                        DatabaseConfig.derby(Path.of(arguments[0])), InstantSource.system());
        var site = new Site(stores);
        var project = site.project("shop-" + stores.ids().next());
        var plan = Plans.of(Plans.job("build").build());
        var threads = new Thread[CALLERS];
        for (var i = 0; i < CALLERS; i++) {
            threads[i] = new Thread(() -> acceptForEver(() -> site.accept(project, plan)));
            threads[i].start();
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void acceptForEver(java.util.function.Supplier<Object> accept) {
        while (true) {
            var id = accept.get();
            synchronized (CrashMain.class) {
                System.out.println(id);
                System.out.flush();
            }
        }
    }
}
