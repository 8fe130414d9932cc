package calico.preflight.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words. */
public final class Wrap {

    private Wrap() {}

    /**
     * The words of a text on lines of at most this many columns; a word that is longer has a line of its own and stays
     * whole, so that an address or a path can be copied.
     */
    public static List<String> lines(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int length = 0;
        for (String word : text.strip().split(" +", -1)) {
            int size = word.codePointCount(0, word.length());
            if (length > 0 && length + 1 + size > columns) {
                lines.add(line.toString());
                line.setLength(0);
                length = 0;
            }
            if (length > 0) {
                line.append(' ');
                length++;
            }
            line.append(word);
            length += size;
        }
        lines.add(line.toString());
        return lines;
    }
}
