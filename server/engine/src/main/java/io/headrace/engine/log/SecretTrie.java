package io.headrace.engine.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All forms of all secrets as an automaton after Aho and Corasick: one step for each byte, whatever
 * the number of forms. Immutable.
 *
 * <p>Each text has four bytes or more, so a look at four tells for most places in some output that
 * nothing begins there. Most nodes have one child, so children are lists; only the root has a
 * table.
 */
final class SecretTrie {

    static final int ROOT = 0;

    private static final int FOUR_ESCAPES = 0x1b1b1b1b;
    private static final VarHandle FOUR =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Which hashes of four bytes begin a secret: one bit each. */
    private final long[] beginnings = new long[1 << 10];

    private final int[] root = new int[256];
    private final int[] firstChild;
    private final int[] sibling;
    private final byte[] label;
    private final int[] fallback;
    private final int[] depth;
    private final int[] length;
    private final int[] name;
    private final boolean[] wraps;
    private final byte[][] chips;
    private int nodes = 1;

    /**
     * What a text stands for.
     *
     * @param wraps whether line breaks may come anywhere in the text
     */
    record Secret(String name, boolean wraps) {}

    private SecretTrie(int size, byte[][] chips) {
        firstChild = new int[size];
        sibling = new int[size];
        label = new byte[size];
        fallback = new int[size];
        depth = new int[size];
        length = new int[size];
        name = new int[size];
        wraps = new boolean[size];
        this.chips = chips;
    }

    /** Makes the automaton that finds the keys of {@code texts}. */
    static SecretTrie of(Map<String, Secret> texts) {
        var numbers = new LinkedHashMap<String, Integer>();
        var size = 1;
        for (var text : texts.entrySet()) {
            size += text.getKey().getBytes(StandardCharsets.UTF_8).length;
            numbers.putIfAbsent(text.getValue().name(), numbers.size());
        }
        var chips =
                numbers.keySet().stream()
                        .map(name -> ("«" + name + "»").getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        var trie = new SecretTrie(size, chips);
        texts.forEach((text, secret) -> {
            var number = numbers.getOrDefault(secret.name(), 0);
            trie.add(text.getBytes(StandardCharsets.UTF_8), number, secret.wraps());
        });
        trie.link();
        return trie;
    }

    /**
     * Returns where in {@code [from, to)} the next secret may begin, or {@code to}. This, not the
     * automaton, goes over nearly all of the output.
     */
    int skip(byte[] bytes, int from, int to) {
        var at = from;
        for (; at + 4 <= to; at++) {
            var four = (int) FOUR.get(bytes, at);
            var hash = hash(four);
            var escapes = four ^ FOUR_ESCAPES;
            var hasEscape = ((escapes - 0x01010101) & ~escapes & 0x80808080) != 0;
            if (hasEscape || ((beginnings[hash >>> 6] >>> hash) & 1) != 0) {
                return at;
            }
        }
        while (at < to && root[bytes[at] & 0xff] == ROOT) {
            at++;
        }
        return at;
    }

    private static int hash(int four) {
        return (four * 0x9E3779B1) >>> 16;
    }

    /** Returns the node after {@code value} was read at {@code node}. */
    int step(int node, byte value) {
        var at = node;
        while (at != ROOT) {
            var child = child(at, value);
            if (child != ROOT) {
                return child;
            }
            at = fallback[at];
        }
        return root[value & 0xff];
    }

    /** Returns whether {@code value} leads on from {@code node} without falling back. */
    boolean leadsOn(int node, byte value) {
        return child(node, value) != ROOT;
    }

    /** Returns how many of the bytes read last may be the beginning of a secret. */
    int depth(int node) {
        return depth[node];
    }

    /** Returns the length of the longest secret that ends here, or 0. */
    int length(int node) {
        return length[node];
    }

    int name(int node) {
        return name[node];
    }

    /** Returns whether a line break does not end what is read at {@code node}. */
    boolean wraps(int node) {
        return wraps[node];
    }

    /** Returns what is shown instead of a secret. */
    byte[] chip(int name) {
        return chips[name];
    }

    private int child(int node, byte value) {
        if (node == ROOT) {
            return root[value & 0xff];
        }
        var child = firstChild[node];
        while (child != ROOT && label[child] != value) {
            child = sibling[child];
        }
        return child;
    }

    private void add(byte[] text, int number, boolean mayWrap) {
        var hash = hash((int) FOUR.get(text, 0));
        beginnings[hash >>> 6] |= 1L << hash;
        var node = ROOT;
        for (var value : text) {
            var child = child(node, value);
            if (child == ROOT) {
                child = nodes++;
                label[child] = value;
                depth[child] = depth[node] + 1;
                if (node == ROOT) {
                    root[value & 0xff] = child;
                } else {
                    sibling[child] = firstChild[node];
                    firstChild[node] = child;
                }
            }
            wraps[child] |= mayWrap;
            node = child;
        }
        if (length[node] == 0) {
            length[node] = text.length;
            name[node] = number;
        }
    }

    /** Sets the fallbacks, nearest nodes first. */
    private void link() {
        var queue = new int[nodes];
        var last = 0;
        for (var child : root) {
            if (child != ROOT) {
                queue[last++] = child;
            }
        }
        for (var first = 0; first < last; first++) {
            var node = queue[first];
            for (var child = firstChild[node]; child != ROOT; child = sibling[child]) {
                fallback[child] = step(fallback[node], label[child]);
                if (length[child] == 0) {
                    length[child] = length[fallback[child]];
                    name[child] = name[fallback[child]];
                }
                queue[last++] = child;
            }
        }
    }

    @Override
    public String toString() {
        return "SecretTrie of " + Arrays.stream(length).filter(l -> l > 0).count() + " forms";
    }
}
