package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.render.Documents;
import calico.preflight.cli.render.TextReport;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a matrix is written, and where to: as other results are, or as lines of a table. */
public final class MatrixOutput extends OptionGroup {

    /** How it is written. */
    public enum Format {
        text,
        json,
        yaml,
        csv
    }

    private final Single<Format> format =
            one(Format.class, option("-o, --output", "FORMAT", "text, json, yaml, csv (default: text)"));

    private final LookOptions look = with(new LookOptions());

    /** None is given yet. */
    public MatrixOutput() {
        super(Section.OUTPUT);
    }

    /** Gives the matrix in the format that was asked for. */
    public void give(
            Console console, Documents.Content document, Supplier<String> csv, Function<TextReport.Look, String> text) {
        switch (format.or(Format.text)) {
            case json -> console.result(Documents.json(document), look.file());
            case yaml -> console.result(Documents.yaml(document), look.file());
            case csv -> console.result(csv.get(), look.file());
            case text -> console.result(text.apply(look.in(console.environment())), look.file());
        }
    }

    /** Text: only the last line is wanted. */
    public boolean quiet() {
        return look.quiet();
    }
}
