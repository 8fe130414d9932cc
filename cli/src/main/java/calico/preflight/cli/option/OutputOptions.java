package calico.preflight.cli.option;

import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.Palette;
import calico.preflight.cli.render.TextReport;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a result is written, and where to. */
public final class OutputOptions {

    /** How a result is written. */
    public enum Format {
        text,
        json,
        yaml
    }

    /** When colour is used. */
    public enum Colour {
        auto,
        always,
        never
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, json, yaml (default: text; of collect: json)")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "write the result there instead of standard output, all of it or nothing")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always, never (default: auto: on a terminal, unless NO_COLOR is set)")
    private Colour colour = Colour.auto;

    @Option(
            names = {"-q", "--quiet"},
            description = "text: only the last line")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "text: what passed and what does not apply in full as well")
    private boolean verbose;

    /** The format that was asked for, or this one. */
    public Format formatOr(Format otherwise) {
        return format.orElse(otherwise);
    }

    /** The file for the result; nothing: standard output. */
    public Optional<Path> file() {
        return file;
    }

    /** Only the last line. */
    public boolean quiet() {
        return quiet;
    }

    /**
     * Colours or none. The option wins; without it there is colour only on a terminal that can show it, and not where
     * {@code NO_COLOR} (no-color.org) has any value.
     */
    public Palette palette(Environment environment) {
        boolean colours =
                switch (colour) {
                    case always -> true;
                    case never -> false;
                    case auto ->
                        environment.terminal()
                                && file.isEmpty()
                                && environment.variable("NO_COLOR").isEmpty()
                                && !environment.variable("TERM").equals("dumb");
                };
        return colours ? Palette.COLOURS : Palette.NONE;
    }

    /** How text is to look here. */
    public TextReport.Look look(Environment environment) {
        return new TextReport.Look(
                environment.width(), environment.unicode() || file.isPresent(), palette(environment), verbose);
    }
}
