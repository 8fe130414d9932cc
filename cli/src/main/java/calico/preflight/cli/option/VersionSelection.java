package calico.preflight.cli.option;

import calico.preflight.catalog.target.CalicoVersion;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Versions of Calico: one, or all known ones of a range.
 *
 * @param from the first; nothing: from the oldest on
 * @param to the last; nothing: up to the newest
 * @param single it is one version, {@code from} and {@code to} in one
 */
public record VersionSelection(Optional<CalicoVersion> from, Optional<CalicoVersion> to, boolean single) {

    /** All known versions. */
    public static final VersionSelection ALL = new VersionSelection(Optional.empty(), Optional.empty(), false);

    private static final Pattern RANGE = Pattern.compile("(.*?)\\.\\.(.*)");

    /** The ends that were named, which should be known. */
    public List<CalicoVersion> named() {
        return single
                ? from.stream().toList()
                : Stream.of(from, to).flatMap(Optional::stream).toList();
    }

    /** The known versions that are selected; of a single one only itself. */
    public List<CalicoVersion> among(NavigableSet<CalicoVersion> known) {
        if (single) {
            return named();
        }
        return known.stream()
                .filter(version -> from.map(first -> first.minorVersion().compareTo(version) <= 0)
                        .orElse(true))
                .filter(version -> to.map(last -> version.compareTo(last.minorVersion()) <= 0)
                        .orElse(true))
                .toList();
    }

    /** Reads {@code all}, {@code 3.16}, {@code 3.16..3.32}, {@code 3.29..} and {@code ..3.16}. */
    static final class Reader implements ITypeConverter<VersionSelection> {
        @Override
        public VersionSelection convert(String text) {
            if (text.strip().equals("all")) {
                return ALL;
            }
            Matcher range = RANGE.matcher(text.strip());
            if (!range.matches()) {
                Optional<CalicoVersion> version = Optional.of(version(text, text));
                return new VersionSelection(version, version, true);
            }
            Optional<CalicoVersion> from = end(text, range.group(1));
            Optional<CalicoVersion> to = end(text, range.group(2));
            if (from.isPresent() && to.isPresent() && to.get().compareTo(from.get()) < 0) {
                throw new TypeConversionException(
                        "\"" + text + "\" ends before it begins; write " + to.get() + ".." + from.get() + ".");
            }
            return new VersionSelection(from, to, false);
        }

        private static Optional<CalicoVersion> end(String whole, String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(version(whole, text));
        }

        private static CalicoVersion version(String whole, String text) {
            return CalicoVersion.parse(text)
                    .orElseThrow(() -> new TypeConversionException("\"" + whole
                            + "\" is no version of Calico and no range of them; give such as 3.16, 3.16..3.32, 3.29.."
                            + " or all."));
        }
    }
}
