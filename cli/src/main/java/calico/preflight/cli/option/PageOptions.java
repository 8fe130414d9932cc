package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.page.Html;
import calico.preflight.cli.page.Markdown;
import calico.preflight.cli.page.Page;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a page is written, and where to. */
public final class PageOptions {

    /** How a page is written. */
    public enum Format {
        markdown,
        html
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "markdown, html (default: markdown)")
    private Format format = Format.markdown;

    @Mixin
    private final FileOption file = new FileOption();

    /** Gives the page. */
    public void give(Console console, Page page) {
        console.result(format == Format.html ? Html.write(page) : Markdown.write(page), file.file());
    }
}
