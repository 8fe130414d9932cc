package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.Content.Denied;
import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.Content.Unsupported;
import calico.preflight.facts.source.HostSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Turns what a source answers into what is observed. */
final class Answers {

    /** More than any file of {@code /proc} or {@code /etc} that is read here. */
    static final int SMALL = 1 << 20;

    private Answers() {}

    /** The text of a small file. */
    static Observed<String> text(HostSource host, String path) {
        return text(host, path, SMALL);
    }

    /** The text of a file: absent where there is no such file. */
    static Observed<String> text(HostSource host, String path, int limit) {
        return observed(host.read(path, limit), Origin.of(path)).map(TextLines::decode);
    }

    /** The names in a directory: absent where there is no such directory. */
    static Observed<List<String>> names(HostSource host, String directory) {
        return observed(host.list(directory), Origin.of(directory));
    }

    /** What is missing is absent; what was not given for any other reason is unknown, with that reason. */
    static <T> Observed<T> observed(Content<T> content, Origin origin) {
        if (content instanceof Present<T> present) {
            return Observed.known(present.value(), origin);
        }
        return content instanceof Missing<T> ? Observed.absent(origin) : Observed.unknown(why(content), origin);
    }

    private static String why(Content<?> content) {
        if (content instanceof Denied<?> denied) {
            return denied.why();
        }
        if (content instanceof Unsupported<?> unsupported) {
            return unsupported.why();
        }
        return content instanceof Failed<?> failed ? failed.why() : "there is no such file";
    }

    /** A line of text as a value; an empty one is unknown. */
    static Observed<FactValue> line(Observed<String> text) {
        if (text instanceof Observed.Known<String> known) {
            String line = TextLines.first(known.value());
            return line.isEmpty()
                    ? Observed.unknown("the file is empty", known.origin())
                    : Observed.known(new Text(line), known.origin());
        }
        return text.map(Text::new);
    }

    /** Absence that proves nothing: what is not there could not be looked at. */
    static <T> Observed<T> absentMeans(String why, Observed<T> observed) {
        return observed instanceof Observed.Absent<T> absent ? Observed.unknown(why, absent.origin()) : observed;
    }

    /** The first of them that is known, otherwise the first that is unknown, otherwise the first. */
    static <T> Observed<T> best(List<Observed<T>> choices) {
        return choices.stream()
                .filter(choice -> choice instanceof Observed.Known<T>)
                .findFirst()
                .or(() -> choices.stream().filter(Observed::isUnknown).findFirst())
                .orElseGet(() -> choices.get(0));
    }

    /** What a report kept of a command, unless it does not tell and the files of the host do. */
    static Observed<FactValue> printedOr(Optional<Observed<FactValue>> printed, Observed<FactValue> files) {
        return printed.filter(told -> !told.isUnknown() || files.isUnknown()).orElse(files);
    }

    /** Each of these facts, unknown for the same reason. */
    static List<Fact> unknown(Collection<String> facts, String why, Origin origin) {
        return facts.stream()
                .map(fact -> new Fact(fact, Observed.unknown(why, origin)))
                .toList();
    }

    /** The text of a value that is one. */
    static Optional<String> textOf(Observed<FactValue> observed) {
        return observed.known().map(FactValue::toString);
    }
}
