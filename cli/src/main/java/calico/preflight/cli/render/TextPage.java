package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette;
import calico.preflight.cli.console.Palette.Style;
import calico.preflight.cli.console.Plain;
import calico.preflight.cli.console.Wrap;
import java.util.Iterator;
import java.util.List;

/** A page of text of a given width. All text that is put on it is made harmless first; colour comes after that. */
final class TextPage {

    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final Palette palette;

    TextPage(int width, Palette palette) {
        this.width = width;
        this.palette = palette;
    }

    /** An empty line. */
    TextPage gap() {
        text.append('\n');
        return this;
    }

    /** A line as it is, whatever its length. */
    TextPage line(String line) {
        text.append(Plain.line(line)).append('\n');
        return this;
    }

    /** A line as it is, in a style. */
    TextPage line(Style style, String line) {
        text.append(palette.paint(style, Plain.line(line))).append('\n');
        return this;
    }

    /** Words on as many lines as they need. */
    TextPage paragraph(int indent, String words) {
        for (String line : Wrap.lines(Plain.line(words), width - indent)) {
            text.append(" ".repeat(indent)).append(line).append('\n');
        }
        return this;
    }

    /** A faint word at an indent, and words beside it in a column of their own. */
    TextPage entry(int indent, String label, int column, String words) {
        return entry(Style.FAINT, indent, label, column, words);
    }

    /** A word in a style at an indent, and words beside it in a column of their own. */
    TextPage entry(Style style, int indent, String label, int column, String words) {
        Iterator<String> lines = Wrap.lines(Plain.line(words), width - column).iterator();
        String harmless = Plain.line(label);
        int gap = Math.max(1, column - indent - harmless.codePointCount(0, harmless.length()));
        text.append(" ".repeat(indent)).append(palette.paint(style, harmless)).append(" ".repeat(gap));
        text.append(lines.next()).append('\n');
        lines.forEachRemaining(
                line -> text.append(" ".repeat(column)).append(line).append('\n'));
        return this;
    }

    /** A line of a table: a label that was padded, and cells, each in its style and padded to the width of its column. */
    TextPage cells(String label, List<MatrixText.Cell> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder(Plain.line(label));
        int gap = 0;
        for (int i = 0; i < cells.size(); i++) {
            String harmless = Plain.line(cells.get(i).text());
            line.append(" ".repeat(gap)).append(palette.paint(cells.get(i).style(), harmless));
            gap = Math.max(1, widths.get(i) - harmless.length());
        }
        text.append(line).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
