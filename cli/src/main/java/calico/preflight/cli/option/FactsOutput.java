package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.render.Documents;
import calico.preflight.cli.render.TextReport;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.json.FactsFile;
import java.util.function.Function;

/** How the facts of a host are written, and where to. */
public final class FactsOutput extends OptionGroup {

    /** How they are written. */
    public enum Format {
        text,
        /** A file with a line for each fact. */
        json,
        /** All on one line, which may be one of many. */
        ndjson,
        yaml
    }

    private final Single<Format> format = one(
            Format.class,
            option(
                    "-o, --output",
                    "FORMAT",
                    "text, json, yaml; ndjson: all on one line, many of which fleet reads (default: json)"));

    private final LookOptions look = with(new LookOptions());

    /** None is given yet. */
    public FactsOutput() {
        super(Section.OUTPUT);
    }

    /**
     * Gives the facts.
     *
     * @param text them for a person, as it is to look
     */
    public void give(Console console, HostFacts facts, Function<TextReport.Look, String> text) {
        switch (format.or(Format.json)) {
            case json -> console.result(FactsFile.write(facts), look.file());
            case ndjson -> console.result(FactsFile.line(facts), look.file());
            case yaml -> console.result(Documents.yamlOf(FactsFile.write(facts)), look.file());
            case text -> console.result(text.apply(look.in(console.environment())), look.file());
        }
    }
}
