package calico.preflight.cli.option;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 90s}, {@code 10m} or {@code 2h}, of a day at most. */
public final class Durations implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(1);

    @Override
    public Duration convert(String text) {
        if (text.matches("[1-9][0-9]{0,5}[smh]")) {
            long number = Long.parseLong(text.substring(0, text.length() - 1));
            Duration duration =
                    switch (text.charAt(text.length() - 1)) {
                        case 's' -> Duration.ofSeconds(number);
                        case 'm' -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    };
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw new TypeConversionException(
                "\"" + text + "\" is no duration; give one such as 90s, 10m or 2h, of 24h at most.");
    }
}
