package io.headrace.e2e.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is between one process and the database: a network that can be slow, cut, or swallow. */
final class Proxy implements AutoCloseable {

    /** How the network is. */
    enum Mode {
        FINE,
        /** Each piece takes its time. */
        SLOW,
        /** Connections are taken, but nothing arrives any more, in either direction. */
        SWALLOWS,
        /** Connections are refused; those that there are break. */
        CUT
    }

    private static final int DELAY_MILLIS = 60;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.FINE;

    /** Listens on a free port of this machine, and passes everything to {@code target}. */
    Proxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void set(Mode next) {
        var before = mode;
        mode = next;
        // What was swallowed is missing: such a connection is of no use any more.
        if (next == Mode.CUT || before == Mode.SWALLOWS) {
            breakAll();
        }
    }

    void breakAll() {
        open.forEach(Proxy::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                if (mode == Mode.CUT) {
                    close(client);
                    continue;
                }
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void connect(Socket client) {
        var server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            Thread.ofVirtual().start(() -> pass(client, server));
            pass(server, client);
        } catch (IOException e) {
            close(client);
            close(server);
        }
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[16 << 10];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read; (read = in.read(buffer)) > 0; ) {
                if (mode == Mode.SLOW) {
                    Waiting.pause(DELAY_MILLIS);
                }
                if (mode != Mode.SWALLOWS) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side is gone, so the other is closed.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("A socket can't be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        breakAll();
    }
}
