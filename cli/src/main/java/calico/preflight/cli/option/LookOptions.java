package calico.preflight.cli.option;

import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.Palette;
import calico.preflight.cli.render.TextReport;
import java.nio.file.Path;
import java.util.Optional;

/** How a result looks where it is text, and where it goes. */
public final class LookOptions extends OptionGroup {

    /** When colour is used. */
    public enum Colour {
        auto,
        always,
        never
    }

    private final FileOption file = with(new FileOption());

    private final Single<Colour> colour = one(
            Colour.class,
            option("--color", "WHEN", "auto, always, never (default: auto: on a terminal, unless NO_COLOR is set)"));

    private final Flag quiet = flag("-q, --quiet", "text: only the last line");

    private final Flag verbose = flag("-v, --verbose", "text: what passed and what does not apply in full as well");

    /** None is given yet. */
    public LookOptions() {
        super(Section.OUTPUT);
    }

    /** The file for the result; nothing: standard output. */
    public Optional<Path> file() {
        return file.file();
    }

    /** Only the last line. */
    public boolean quiet() {
        return quiet.isGiven();
    }

    /**
     * Colours or none. The option wins; without it there is colour only on a terminal that can show it, and not where
     * {@code NO_COLOR} (no-color.org) has any value.
     */
    public Palette palette(Environment environment) {
        boolean colours =
                switch (colour.or(Colour.auto)) {
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
                environment.width(),
                environment.unicode() || file().isPresent(),
                palette(environment),
                verbose.isGiven());
    }
}
