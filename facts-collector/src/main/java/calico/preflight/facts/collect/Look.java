package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.HostSource.FileKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Looks at places of one host, and says what came of it in the three words. */
final class Look {

    /** Enough for any file that is written by hand or by the kernel. */
    static final int SMALL = 4 << 20;

    private final HostSource host;

    Look(HostSource host) {
        this.host = host;
    }

    /** The text of a file. */
    Observed<String> text(String path, int limit) {
        return observed(host.read(path, limit), path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The text of a small file. */
    Observed<String> text(String path) {
        return text(path, SMALL);
    }

    /** The names in a directory. */
    Observed<List<String>> names(String directory) {
        return observed(host.list(directory), directory);
    }

    /** What a command prints. */
    Observed<String> output(HostCommand command) {
        return observed(host.run(command), command.toString()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
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

    private static <T> Observed<T> observed(Content<T> content, String where) {
        Origin origin = Origin.of(where);
        if (content instanceof Content.Present<T> present) {
            return Observed.known(present.value(), origin);
        }
        if (content instanceof Content.Denied<T> denied) {
            return Observed.unknown(denied.why(), origin);
        }
        if (content instanceof Content.Unsupported<T> unsupported) {
            return Observed.unknown(unsupported.why(), origin);
        }
        if (content instanceof Content.Failed<T> failed) {
            return Observed.unknown(failed.why(), origin);
        }
        return Observed.absent(origin);
    }

    /** Absence becomes this reason not to know. */
    static <T> Observed<T> absentMeansUnknown(Observed<T> observed, String why) {
        return observed instanceof Observed.Absent<T> ? Observed.unknown(why, observed.origin()) : observed;
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
