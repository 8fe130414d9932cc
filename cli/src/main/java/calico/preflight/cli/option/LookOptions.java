package calico.preflight.cli.option;

import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.Palette;
import calico.preflight.cli.render.TextReport;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a result looks where it is text, and where it goes. */
public final class LookOptions {

    /** When colour is used. */
    public enum Colour {
        auto,
        always,
        never
    }

    @Mixin
    private final FileOption file = new FileOption();

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

    /** The file for the result; nothing: standard output. */
    public Optional<Path> file() {
        return file.file();
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
                                && file().isEmpty()
                                && environment.variable("NO_COLOR").isEmpty()
                                && !environment.variable("TERM").equals("dumb");
                };
        return colours ? Palette.COLOURS : Palette.NONE;
    }

    /** How text is to look here. */
    public TextReport.Look in(Environment environment) {
        return new TextReport.Look(
                environment.width(), environment.unicode() || file().isPresent(), palette(environment), verbose);
    }
}
