package calico.preflight.cli.option;

import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.target.TargetValue;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the values of a target option by the names that packs and reports use, and names them for completion.
 *
 * @param <E> the option
 */
final class Labels<E extends Enum<E> & TargetValue> implements ITypeConverter<E>, Iterable<String> {

    private final Class<E> type;

    Labels(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String text) {
        return of(Arrays.asList(type.getEnumConstants()), text)
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is none of "
                        + String.join(", ", names()) + "." + Suggestion.didYouMean(text, names())));
    }

    /** The value of this name. */
    static <E extends TargetValue> Optional<E> of(List<E> values, String text) {
        return values.stream().filter(value -> value.label().equals(text)).findFirst();
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private List<String> names() {
        return Arrays.stream(type.getEnumConstants()).map(TargetValue::label).toList();
    }
}
