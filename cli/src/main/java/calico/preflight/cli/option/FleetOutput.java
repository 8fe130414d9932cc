package calico.preflight.cli.option;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How what came of a fleet is written, and where to. */
public final class FleetOutput {

    /** How it is written. */
    public enum Format {
        /** The summary for a person. */
        text,
        /** The summary as one document. */
        json,
        /** The report of every host on a line, and the summary on the last. */
        ndjson,
        /** A page for the browser, with every host and its findings. */
        html
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description =
                    "text, json: the summary; ndjson: each host's report on a line as it comes, and the summary on "
                            + "the last; html: a page that needs no other file, with the findings of every host "
                            + "(default: text)")
    private Format format = Format.text;

    @Mixin
    private final LookOptions look = new LookOptions();

    /** The format that was asked for. */
    public Format format() {
        return format;
    }

    /** How text is to look, and the file. */
    public LookOptions look() {
        return look;
    }
}
