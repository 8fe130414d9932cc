package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.HostSource.FileKind;
import java.util.List;
import java.util.Optional;

/** Looks at the places of one host; {@link Answers} says what comes of it in the three words. */
final class Look {

    /** Enough for any file that is written by hand or by the kernel. */
    static final int SMALL = 4 << 20;

    private final HostSource host;

    Look(HostSource host) {
        this.host = host;
    }

    /** The text of a file. */
    Observed<String> text(String path, int limit) {
        return Answers.text(host, path, limit);
    }

    /** The text of a small file. */
    Observed<String> text(String path) {
        return text(path, SMALL);
    }

    /** The names in a directory. */
    Observed<List<String>> names(String directory) {
        return Answers.names(host, directory);
    }

    /** What a command prints. */
    Observed<String> output(HostCommand command) {
        return Answers.observed(host.run(command), Origin.of(command.toString()))
                .map(TextLines::decode);
    }

    /** Is there a regular file, or a link to one? */
    boolean isFile(String path) {
        return host.kind(path) instanceof Content.Present<FileKind> present && present.value() == FileKind.FILE;
    }

    boolean isDirectory(String path) {
        return host.kind(path) instanceof Content.Present<FileKind> present && present.value() == FileKind.DIRECTORY;
    }

    /** The target of a link, as written. */
    Optional<String> link(String path) {
        return host.link(path) instanceof Content.Present<String> present
                ? Optional.of(present.value())
                : Optional.empty();
    }

    boolean isLive() {
        return host.isLive();
    }

    static Fact fact(String name, Observed<? extends FactValue> observed) {
        return new Fact(name, observed.map(value -> value));
    }

    static Observed<FactValue> flag(boolean set, Origin origin) {
        return Observed.known(new FactValue.Flag(set), origin);
    }

    static Observed<FactValue> text(String text, Origin origin) {
        return Observed.known(new FactValue.Text(text), origin);
    }
}
