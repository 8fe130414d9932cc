package calico.preflight.cli.option;

import calico.preflight.catalog.target.TargetValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options and arguments that go together, in the order in which help lists them. They are described to picocli in code: to read
 * the annotations of a command takes a JVM that has just started as long as to let the rules fire.
 */
public abstract class OptionGroup {

    private static final String BETWEEN_NAMES = ", ";

    private final Section section;
    private final List<ArgSpec> members = new ArrayList<>();

    /** No option yet. */
    protected OptionGroup(Section section) {
        this.section = section;
    }

    /** Where help lists the options. */
    final Section section() {
        return section;
    }

    /** Adds the options of another group here. */
    protected final <G extends OptionGroup> G with(G group) {
        members.addAll(((OptionGroup) group).members);
        return group;
    }

    /** An option without a value. */
    protected final Flag flag(String names, String description) {
        return new Flag(add(described(names, description)
                .type(boolean.class)
                .userObject(this)
                .build()));
    }

    /** A text that is given at most once. */
    protected final Single<String> text(String names, String label, String description) {
        return one(String.class, option(names, label, description));
    }

    /** A file or folder that is given at most once. */
    protected final Single<Path> path(String names, String label, String description) {
        return one(Path.class, option(names, label, description));
    }

    /** A value by the name that packs and reports use, at most once. */
    protected final <E extends Enum<E> & TargetValue> Single<E> named(
            Class<E> type, String names, String label, String description) {
        return one(type, labelled(type, option(names, label, description)));
    }

    /** Values by their names: the option may be given any number of times. */
    protected final <E extends Enum<E> & TargetValue> Several<E> severalNamed(
            Class<E> type, String names, String label, String description) {
        return several(type, labelled(type, option(names, label, description)));
    }

    private static <E extends Enum<E> & TargetValue> OptionSpec.Builder labelled(
            Class<E> type, OptionSpec.Builder described) {
        Labels<E> labels = new Labels<>(type);
        return described.converters(labels).completionCandidates(labels);
    }

    /** Texts: the option may be given any number of times. */
    protected final Several<String> texts(String names, String label, String description) {
        return several(String.class, option(names, label, description));
    }

    /** Texts: with commas between them, and the option may be given any number of times. */
    protected final Several<String> list(String names, String label, String description) {
        return several(String.class, option(names, label, description).splitRegex(","));
    }

    /** An option that is given at most once. */
    protected final <T> Single<T> one(Class<T> type, OptionSpec.Builder described) {
        return new Single<>(add(described.type(type).userObject(this).build()));
    }

    /** An option that may be given any number of times. */
    protected final <T> Several<T> several(Class<T> type, OptionSpec.Builder described) {
        return new Several<>(add(
                described.type(List.class).auxiliaryTypes(type).userObject(this).build()));
    }

    /**
     * An argument that must be given.
     *
     * @param place its number among the arguments, from 0 on
     * @param label what help calls it
     */
    protected final <T> Single<T> argument(Class<T> type, int place, String label, String description) {
        return new Single<>(add(PositionalParamSpec.builder()
                .index(String.valueOf(place))
                .arity("1")
                .paramLabel(label)
                .description(description)
                .type(type)
                .build()));
    }

    /**
     * Any number of arguments, none too.
     *
     * @param label what help calls each
     */
    protected final <T> Several<T> arguments(Class<T> type, String label, String description) {
        return new Several<>(add(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .paramLabel(label)
                .description(description)
                .type(List.class)
                .auxiliaryTypes(type)
                .build()));
    }

    /**
     * An option with a value, as yet without the type of that.
     *
     * @param names such as {@code -o, --output}
     * @param label what help calls the value
     */
    protected static OptionSpec.Builder option(String names, String label, String description) {
        return described(names, description).paramLabel(label);
    }

    private static OptionSpec.Builder described(String names, String description) {
        int end = names.indexOf(BETWEEN_NAMES);
        return (end < 0
                        ? OptionSpec.builder(names)
                        : OptionSpec.builder(names.substring(0, end), names.substring(end + BETWEEN_NAMES.length())))
                .description(description);
    }

    private ArgSpec add(ArgSpec description) {
        members.add(description);
        return description;
    }

    /** Describes the options to picocli as those of a command. */
    protected final void describeTo(CommandSpec command) {
        members.forEach(command::add);
    }
}
