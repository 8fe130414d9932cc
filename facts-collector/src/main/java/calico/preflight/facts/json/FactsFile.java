package calico.preflight.facts.json;

import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The facts of a host as JSON, schema {@code calico-preflight/facts/1}. An entry of a table is written as
 * {@code ["y", 1234]}, value and line in the place that the table comes from, with a place of its own behind these where
 * it has one; without either, as the value alone.
 */
public final class FactsFile {

    static final String SCHEMA = "calico-preflight/facts/1";

    /** Digits of a line; there are no files with more. */
    private static final int MOST_DIGITS = 9;

    /** The kinds of a fact's state, as the file names them. */
    enum State {
        KNOWN,
        ABSENT,
        UNKNOWN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was read.
     *
     * @param facts those that this version knows
     * @param warnings what was left out, each as {@code FILE:line:column: what}
     */
    public record Contents(HostFacts facts, List<String> warnings) {
        public Contents {
            warnings = List.copyOf(warnings);
        }
    }

    private FactsFile() {}

    /** The same facts give the same bytes; UTF-8, with a line for each fact and for each entry of a table. */
    public static byte[] write(HostFacts facts) {
        return new FactsWriter(Optional.of(new FactsWriter.Layout())).write(facts);
    }

    /** The same on one line, which may be one of many in a file. */
    public static byte[] line(HostFacts facts) {
        return new FactsWriter(Optional.empty()).write(facts);
    }

    /**
     * Reads a file that anyone may have written.
     *
     * @param file how messages name it
     * @throws InvalidFactsException with all mistakes at once, if there is any
     */
    public static Contents read(String file, byte[] bytes) throws InvalidFactsException {
        return read(file, bytes, FactSelection.ALL);
    }

    /**
     * Reads of such a file only what is wanted; the rest is passed over, and only its form is checked.
     *
     * @param file how messages name it
     * @throws InvalidFactsException with all mistakes at once, if there is any
     */
    public static Contents read(String file, byte[] bytes, FactSelection wanted) throws InvalidFactsException {
        return new FactsReader(file, wanted).read(bytes);
    }

    /** The place that was written as {@code path:line}. */
    static Origin origin(String text) {
        int colon = text.lastIndexOf(':');
        int digits = text.length() - colon - 1;
        if (colon < 1 || digits < 1 || digits > MOST_DIGITS || text.charAt(colon + 1) == '0') {
            return Origin.of(text);
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Origin.of(text);
            }
        }
        return new Origin(text.substring(0, colon), Integer.parseInt(text, colon + 1, text.length(), 10));
    }
}
