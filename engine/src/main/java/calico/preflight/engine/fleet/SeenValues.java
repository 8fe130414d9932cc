package calico.preflight.engine.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which host was the first to have a value: 64 bits of the value's SHA-256 and the number of the host, in one table with
 * open places. That two different values of a million meet by chance is less likely than one in ten million.
 */
final class SeenValues {

    /** Free places have this key; no value is stored under it. */
    private static final long FREE = 0;

    private long[] keys = new long[1 << 12];
    private int[] hosts = new int[1 << 12];
    private int used;

    /** The first host that had the value of the comparison; this very host where none had it before. */
    int first(int comparison, String value, int host) {
        if (used > keys.length / 4 * 3) {
            grow();
        }
        long key = key(comparison + ":" + value);
        int place = place(keys, key);
        if (keys[place] == FREE) {
            keys[place] = key;
            hosts[place] = host;
            used++;
        }
        return hosts[place];
    }

    private static int place(long[] keys, long key) {
        int mask = keys.length - 1;
        int place = (int) key & mask;
        while (keys[place] != FREE && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldHosts = hosts;
        keys = new long[2 * oldKeys.length];
        hosts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int place = place(keys, oldKeys[i]);
                keys[place] = oldKeys[i];
                hosts[place] = oldHosts[i];
            }
        }
    }

    private static long key(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long key = ByteBuffer.wrap(digest).getLong();
            return key == FREE ? 1 : key;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
