package calico.preflight.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.Palette;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class LookOptionsTest {

    @Test
    void there_is_colour_on_a_terminal_only() {
        assertThat(palette(true, Map.of())).isEqualTo(Palette.COLOURS);
        assertThat(palette(false, Map.of())).isEqualTo(Palette.NONE);
        assertThat(palette(true, Map.of("TERM", "dumb"))).isEqualTo(Palette.NONE);
        assertThat(palette(true, Map.of(), "--output-file", "x")).isEqualTo(Palette.NONE);
    }

    @Test
    void no_color_takes_colour_away_unless_it_is_empty() {
        assertThat(palette(true, Map.of("NO_COLOR", "1"))).isEqualTo(Palette.NONE);
        assertThat(palette(true, Map.of("NO_COLOR", ""))).isEqualTo(Palette.COLOURS);
    }

    @Test
    void the_option_wins() {
        assertThat(palette(false, Map.of("NO_COLOR", "1"), "--color=always")).isEqualTo(Palette.COLOURS);
        assertThat(palette(true, Map.of(), "--color=never")).isEqualTo(Palette.NONE);
    }

    private static Palette palette(boolean terminal, Map<String, String> variables, String... args) {
        CommandSpec command = CommandSpec.create();
        LookOptions look = new LookOptions();
        look.describeTo(command);
        new CommandLine(command).parseArgs(args);
        return look.palette(new Environment(variables, Optional.empty(), terminal, InputStream.nullInputStream()));
    }
}
