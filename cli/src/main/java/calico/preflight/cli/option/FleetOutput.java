package calico.preflight.cli.option;

/** How what came of a fleet is written, and where to. */
public final class FleetOutput extends OptionGroup {

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

    private final Single<Format> format = one(
            Format.class,
            option(
                    "-o, --output",
                    "FORMAT",
                    "text, json: the summary; ndjson: each host's report on a line as it comes, and the summary on "
                            + "the last; html: a page that needs no other file, with the findings of every host "
                            + "(default: text)"));

    private final LookOptions look = with(new LookOptions());

    /** None is given yet. */
    public FleetOutput() {
        super(Section.OUTPUT);
    }

    /** The format that was asked for. */
    public Format format() {
        return format.or(Format.text);
    }

    /** How text is to look, and the file. */
    public LookOptions look() {
        return look;
    }
}
