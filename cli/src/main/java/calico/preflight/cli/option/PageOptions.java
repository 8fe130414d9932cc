package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.page.Html;
import calico.preflight.cli.page.Markdown;
import calico.preflight.cli.page.Page;

/** How a page is written, and where to. */
public final class PageOptions extends OptionGroup {

    /** How a page is written. */
    public enum Format {
        markdown,
        html
    }

    private final Single<Format> format =
            one(Format.class, option("-o, --output", "FORMAT", "markdown, html (default: markdown)"));

    private final FileOption file = with(new FileOption());

    /** None is given yet. */
    public PageOptions() {
        super(Section.OUTPUT);
    }

    /** Gives the page. */
    public void give(Console console, Page page) {
        console.result(
                format.or(Format.markdown) == Format.html ? Html.write(page) : Markdown.write(page), file.file());
    }
}
