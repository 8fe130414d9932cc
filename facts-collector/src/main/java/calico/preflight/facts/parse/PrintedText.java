package calico.preflight.facts.parse;

import java.util.List;

/** The lines of what a command printed. */
final class PrintedText {

    private PrintedText() {}

    /**
     * Its lines, of which there is one at least.
     *
     * @throws UnreadableOutputException where nothing was printed, or the last line does not end
     */
    static List<Lines.Line> lines(String text) throws UnreadableOutputException {
        if (text.isBlank()) {
            throw new UnreadableOutputException("nothing was printed", 0);
        }
        List<Lines.Line> lines = Lines.of(text);
        Lines.Line last = lines.get(lines.size() - 1);
        if (!last.text().isEmpty()) {
            throw new UnreadableOutputException("the output is cut in its last line", last.number());
        }
        return lines.subList(0, lines.size() - 1);
    }
}
