package calico.preflight.engine.fleet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The names and places of all hosts, one after the other in blocks of bytes: about as many bytes as they are long. */
final class HostRegister {

    private static final int BLOCK = 1 << 16;
    private static final int LONGEST = 200;

    private final List<byte[]> blocks = new ArrayList<>(List.of(new byte[BLOCK]));
    private int used;
    private int[] starts = new int[1024];
    private int size;

    /** Takes a host in and gives its number, counted from 0. */
    int add(HostRef host) {
        byte[] name = bytes(host.name());
        byte[] place = bytes(host.place());
        if (used + name.length + place.length + 4 > BLOCK) {
            blocks.add(new byte[BLOCK]);
            used = 0;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size + (size >> 1));
        }
        starts[size] = (blocks.size() - 1) * BLOCK + used;
        put(name);
        put(place);
        return size++;
    }

    private void put(byte[] text) {
        byte[] block = blocks.get(blocks.size() - 1);
        block[used++] = (byte) (text.length >> 8);
        block[used++] = (byte) text.length;
        System.arraycopy(text, 0, block, used, text.length);
        used += text.length;
    }

    private static byte[] bytes(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.getBytes(StandardCharsets.UTF_8);
    }

    HostRef get(int host) {
        byte[] block = blocks.get(starts[host] / BLOCK);
        int at = starts[host] % BLOCK;
        int name = length(block, at);
        int place = at + 2 + name;
        return new HostRef(
                new String(block, at + 2, name, StandardCharsets.UTF_8),
                new String(block, place + 2, length(block, place), StandardCharsets.UTF_8));
    }

    private static int length(byte[] block, int at) {
        return (block[at] & 0xff) << 8 | (block[at + 1] & 0xff);
    }

    /** How many hosts there are. */
    int size() {
        return size;
    }

    /** The hosts of these numbers, which are the first of a list of so many. */
    HostList list(int count, IntStream first) {
        return new HostList(count, first.mapToObj(this::get).toList());
    }
}
