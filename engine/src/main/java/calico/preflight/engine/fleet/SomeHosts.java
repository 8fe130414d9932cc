package calico.preflight.engine.fleet;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Counts hosts, and remembers the numbers of the first. */
final class SomeHosts {

    private int count;
    private int[] first = new int[1];

    void add(int host) {
        if (count < HostList.MOST_SHOWN) {
            if (count == first.length) {
                first = Arrays.copyOf(first, Math.min(HostList.MOST_SHOWN, 3 * count));
            }
            first[count] = host;
        }
        count++;
    }

    int count() {
        return count;
    }

    IntStream first() {
        return Arrays.stream(first, 0, Math.min(count, first.length));
    }

    HostList in(HostRegister hosts) {
        return hosts.list(count, first());
    }
}
