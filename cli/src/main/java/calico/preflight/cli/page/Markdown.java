package calico.preflight.cli.page;

import calico.preflight.cli.console.Plain;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a page as Markdown with the tables of GitHub's dialect. */
public final class Markdown {

    /** What would be read as a sign of Markdown or HTML; an underscore within a word is none. */
    private static final Pattern SIGNS =
            Pattern.compile("[\\\\`*{}\\[\\]<>|~#&]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Markdown() {}

    /** The page as text that ends with a line. */
    public static String write(Page page) {
        StringBuilder text =
                new StringBuilder("# ").append(escaped(page.title())).append('\n');
        for (Block block : page.blocks()) {
            text.append('\n');
            if (block instanceof Block.Heading heading) {
                text.append("#".repeat(heading.level())).append(' ').append(line(heading.line()));
            } else if (block instanceof Block.Paragraph paragraph) {
                text.append(line(paragraph.line()));
            } else if (block instanceof Block.Bullets bullets) {
                text.append(
                        bullets.items().stream().map(item -> "- " + line(item)).collect(Collectors.joining("\n")));
            } else if (block instanceof Block.Table table) {
                text.append(table(table));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String table(Block.Table table) {
        StringBuilder text = new StringBuilder();
        text.append(table.head().stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n")));
        text.append("| --- ".repeat(table.head().size())).append('|');
        for (List<List<Span>> row : table.rows()) {
            text.append('\n').append(row.stream().map(Markdown::line).collect(Collectors.joining(" | ", "| ", " |")));
        }
        return text.toString();
    }

    private static String line(List<Span> spans) {
        return spans.stream().map(Markdown::span).collect(Collectors.joining());
    }

    private static String span(Span span) {
        if (span instanceof Span.Strong strong) {
            return "**" + escaped(strong.words()) + "**";
        } else if (span instanceof Span.Code code) {
            return code(code.words());
        } else if (span instanceof Span.Link link) {
            return "[" + escaped(link.words()) + "](<"
                    + Plain.line(link.url()).replace("<", "%3C").replace(">", "%3E") + ">)";
        } else if (span instanceof Span.Text text) {
            return escaped(text.words());
        }
        throw new IllegalArgumentException(span.toString());
    }

    /** Between more backticks than it has itself; a bar would end the cell of a table. */
    private static String code(String words) {
        String plain = Plain.line(words).replace("|", "\\|");
        int longest = BACKTICKS
                .matcher(plain)
                .results()
                .mapToInt(run -> run.group().length())
                .max()
                .orElse(0);
        String fence = "`".repeat(longest + 1);
        String space = longest > 0 ? " " : "";
        return fence + space + plain + space + fence;
    }

    private static String escaped(String words) {
        return SIGNS.matcher(Plain.line(words)).replaceAll("\\\\$0");
    }
}
