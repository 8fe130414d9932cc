package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.render.Documents;
import calico.preflight.cli.render.TextReport;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.json.FactsFile;
import java.util.function.Function;

/** How a result is written, and where to. */
public final class OutputOptions extends OptionGroup {

    /** How a result is written. */
    public enum Format {
        text,
        json,
        yaml
    }

    private final Single<Format> format =
            one(Format.class, option("-o, --output", "FORMAT", "text, json, yaml (default: text)"));

    private final LookOptions look = with(new LookOptions());

    /** None is given yet. */
    public OutputOptions() {
        super(Section.OUTPUT);
    }

    /**
     * Gives a result as text, unless a document was asked for.
     *
     * @param document the result for machines
     * @param text the result for a person, as it is to look
     */
    public void give(Console console, Documents.Content document, Function<TextReport.Look, String> text) {
        switch (format.or(Format.text)) {
            case json -> console.result(Documents.json(document), look.file());
            case yaml -> console.result(Documents.yaml(document), look.file());
            case text -> console.result(text.apply(look.in(console.environment())), look.file());
        }
    }

    /** Gives a set of facts, which is a document of its own making. */
    public void give(Console console, HostFacts facts, Function<TextReport.Look, String> text) {
        switch (format.or(Format.text)) {
            case json -> console.result(FactsFile.write(facts), look.file());
            case yaml -> console.result(Documents.yamlOf(FactsFile.write(facts)), look.file());
            case text -> console.result(text.apply(look.in(console.environment())), look.file());
        }
    }

    /** Text: only the last line is wanted. */
    public boolean quiet() {
        return look.quiet();
    }
}
