package calico.preflight.cli.page;

import calico.preflight.cli.console.Plain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a page as one HTML file that needs no other: light or dark as the reader has it, and fit to be printed. */
public final class Html {

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8888; --soft: #8881; --link: #0b57a4; }
            @media (prefers-color-scheme: dark) { :root { --link: #8ab4f8; } }
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
            h1, h2, h3 { line-height: 1.25; }
            h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; padding-bottom: .25rem; }
            a { color: var(--link); }
            nav li li { list-style: circle; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
            th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
            thead th { background: var(--soft); }
            tbody th { font-weight: normal; }
            code { background: var(--soft); font: .9em ui-monospace, monospace; overflow-wrap: break-word; }
            @media print { nav { display: none; } body { max-width: none; } tr { break-inside: avoid; } }
            """;

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> anchors = new HashMap<>();

    private Html() {}

    /** The page as text that ends with a line. */
    public static String write(Page page) {
        return new Html().whole(page);
    }

    private String whole(Page page) {
        text.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(page.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(page.title()))
                .append("</h1>\n");
        List<String> names = anchors(page);
        contents(page, names);
        int heading = 0;
        for (Block block : page.blocks()) {
            if (block instanceof Block.Heading head) {
                text.append(heading(head, names.get(heading++)));
            } else if (block instanceof Block.Paragraph paragraph) {
                text.append("<p>").append(line(paragraph.line())).append("</p>\n");
            } else if (block instanceof Block.Bullets bullets) {
                text.append("<ul>\n");
                bullets.items()
                        .forEach(item -> text.append("<li>").append(line(item)).append("</li>\n"));
                text.append("</ul>\n");
            } else if (block instanceof Block.Table table) {
                table(table);
            }
        }
        return text.append("</main>\n</body>\n</html>\n").toString();
    }

    private List<String> anchors(Page page) {
        List<String> names = new ArrayList<>();
        for (Block block : page.blocks()) {
            if (block instanceof Block.Heading head) {
                String name = words(head.line())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
                int before = anchors.merge(name, 1, Integer::sum);
                names.add(before == 1 ? name : name + "-" + before);
            }
        }
        return names;
    }

    private void contents(Page page, List<String> names) {
        int heading = 0;
        int depth = 1;
        text.append("<nav aria-label=\"Contents\">\n");
        for (Block block : page.blocks()) {
            if (block instanceof Block.Heading head) {
                if (head.level() > depth) {
                    text.append("<ul>\n".repeat(head.level() - depth));
                } else {
                    text.append("</li>\n").append("</ul></li>\n".repeat(depth - head.level()));
                }
                depth = head.level();
                text.append("<li><a href=\"#")
                        .append(names.get(heading++))
                        .append("\">")
                        .append(escaped(words(head.line())))
                        .append("</a>\n");
            }
        }
        for (int level = depth; level > 1; level--) {
            text.append("</li></ul>\n");
        }
        text.append("</nav>\n");
    }

    private static String heading(Block.Heading heading, String name) {
        String tag = "h" + heading.level();
        return "<" + tag + " id=\"" + name + "\">" + line(heading.line()) + "</" + tag + ">\n";
    }

    private void table(Block.Table table) {
        text.append("<div class=\"wide\"><table>\n<thead><tr>");
        table.head()
                .forEach(name ->
                        text.append("<th scope=\"col\">").append(escaped(name)).append("</th>"));
        text.append("</tr></thead>\n<tbody>\n");
        for (List<List<Span>> row : table.rows()) {
            text.append("<tr><th scope=\"row\">").append(line(row.get(0))).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> text.append("<td>").append(line(cell)).append("</td>"));
            text.append("</tr>\n");
        }
        text.append("</tbody>\n</table></div>\n");
    }

    private static String words(List<Span> spans) {
        return spans.stream()
                .map(span -> {
                    if (span instanceof Span.Link link) {
                        return link.words();
                    } else if (span instanceof Span.Code code) {
                        return code.words();
                    } else if (span instanceof Span.Strong strong) {
                        return strong.words();
                    }
                    return ((Span.Text) span).words();
                })
                .collect(Collectors.joining());
    }

    private static String line(List<Span> spans) {
        return spans.stream().map(Html::span).collect(Collectors.joining());
    }

    private static String span(Span span) {
        if (span instanceof Span.Strong strong) {
            return "<strong>" + escaped(strong.words()) + "</strong>";
        } else if (span instanceof Span.Code code) {
            return "<code>" + escaped(code.words()) + "</code>";
        } else if (span instanceof Span.Link link && link.url().matches("https?://.*")) {
            return "<a href=\"" + escaped(link.url()) + "\">" + escaped(link.words()) + "</a>";
        }
        return escaped(words(List.of(span)));
    }

    private static String escaped(String words) {
        return Plain.line(words)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
