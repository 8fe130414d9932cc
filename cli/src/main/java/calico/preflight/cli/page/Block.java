package calico.preflight.cli.page;

import java.util.List;

/** A piece of a page. */
public sealed interface Block {

    /**
     * The beginning of a section.
     *
     * @param level 2 for a section, 3 for one within it; 1 is the title of the page
     */
    record Heading(int level, List<Span> line) implements Block {
        public Heading {
            line = List.copyOf(line);
        }
    }

    /** A paragraph. */
    record Paragraph(List<Span> line) implements Block {
        public Paragraph {
            line = List.copyOf(line);
        }
    }

    /** A list. */
    record Bullets(List<List<Span>> items) implements Block {
        public Bullets {
            items = items.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A table.
     *
     * @param head the names of the columns
     * @param rows as many cells as there are columns; the first names the row
     */
    record Table(List<String> head, List<List<List<Span>>> rows) implements Block {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream()
                    .map(row -> row.stream().map(List::copyOf).toList())
                    .toList();
        }
    }
}
