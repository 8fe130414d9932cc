package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages.Installed;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.parse.UnreadableOutputException;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.HostSource.FileKind;
import calico.preflight.facts.source.Printout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Looks at the places of one host, for one collection of its facts; {@link Answers} says what comes of it in the three words.
 * What costs much and several collectors ask for is read once: they see the same, and may ask from several threads.
 */
final class Look {

    /** Enough for any file that is written by hand or by the kernel. */
    static final int SMALL = 4 << 20;

    private final HostSource host;
    private final Map<String, Observed<List<String>>> names = new ConcurrentHashMap<>();
    private final Map<Collector, Once<List<Fact>>> told = new ConcurrentHashMap<>();
    private final Once<Processes> processes = new Once<>(() -> new Processes(this));
    private final Once<Observed<List<Installed>>> dpkg = new Once<>(() -> PackagesOfHost.dpkg(this));
    private final Once<PackagesOfHost> packages = new Once<>(() -> new PackagesOfHost(this));

    Look(HostSource host) {
        this.host = host;
    }

    /** The host that is looked at. */
    HostSource host() {
        return host;
    }

    /** What a collector says; it is asked once, whoever needs its facts. */
    List<Fact> facts(Collector collector, CollectionOptions options) {
        return told.computeIfAbsent(collector, any -> new Once<>(() -> any.collect(this, options)))
                .get();
    }

    /** The processes that ran when they were first asked for. */
    Processes processes() {
        return processes.get();
    }

    /** What dpkg has installed. */
    Observed<List<Installed>> dpkg() {
        return dpkg.get();
    }

    /** What all package managers have installed. */
    PackagesOfHost packages() {
        return packages.get();
    }

    /** The text of a file. */
    Observed<String> text(String path, int limit) {
        return Answers.text(host, path, limit);
    }

    /** The text of a small file. */
    Observed<String> text(String path) {
        return text(path, SMALL);
    }

    /** The bytes of a file. */
    Observed<byte[]> bytes(String path, int limit) {
        return Answers.observed(host.read(path, limit), Origin.of(path));
    }

    /** The names in a directory, as they were when it was first asked for. */
    Observed<List<String>> names(String directory) {
        return names.computeIfAbsent(directory, any -> Answers.names(host, any));
    }

    /** The names in a directory that are wanted; not known where there are more than so many. */
    Observed<List<String>> names(String directory, Predicate<String> wanted, int limit) {
        Observed<List<String>> names =
                names(directory).map(all -> all.stream().filter(wanted).toList());
        return names.known().filter(list -> list.size() > limit).isPresent()
                ? Observed.unknown("it holds more than " + limit + " such files", names.origin())
                : names;
    }

    /** The files of a directory whose names are wanted, in the order of their names; known only where all of them are. */
    Observed<List<ConfigurationFile>> files(String directory, Predicate<String> wanted, int limit) {
        Observed<List<String>> names = names(directory, wanted, limit);
        List<ConfigurationFile> files = new ArrayList<>();
        for (String name : names.known().orElse(List.of())) {
            String path = directory + "/" + name;
            Observed<String> text = text(path);
            if (text instanceof Observed.Unknown<String> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            // a link that leads nowhere is no file
            text.known().ifPresent(content -> files.add(new ConfigurationFile(path, content)));
        }
        return names.map(all -> files);
    }

    /** What a command prints. */
    Observed<String> output(HostCommand command) {
        return Answers.observed(host.run(command), Origin.of(command.toString()))
                .map(TextLines::decode);
    }

    /** How an output that was kept is read. */
    interface Reading<T> {
        T of(String text) throws UnreadableOutputException;
    }

    /** What a report kept of what a command printed; nothing where it kept none. */
    <T> Optional<Observed<T>> kept(Printout printout, Reading<T> reading) {
        return host.kept(printout).map(kept -> read(kept, reading));
    }

    private static <T> Observed<T> read(Printout.Kept kept, Reading<T> reading) {
        Origin origin = Origin.of(kept.place());
        try {
            return Observed.known(reading.of(kept.text()), origin);
        } catch (UnreadableOutputException e) {
            return Observed.unknown(String.valueOf(e.getMessage()), origin.at(e.line()));
        }
    }

    /** Is there a regular file, or a link to one? */
    boolean isFile(String path) {
        return host.kind(path) instanceof Content.Present<FileKind> present && present.value() == FileKind.FILE;
    }

    /** What there is at a path, where that can be said. */
    Observed<FileKind> kind(String path) {
        return Answers.observed(host.kind(path), Origin.of(path));
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

    /** The program of this name, where the host's own commands are. */
    Optional<String> program(String name) {
        return HostCommand.DIRECTORIES.stream()
                .map(directory -> directory + "/" + name)
                .filter(this::isFile)
                .findFirst();
    }

    /** Is there any directory of programs, so that a program that is in none of them is not there? */
    boolean hasPrograms() {
        return HostCommand.DIRECTORIES.stream()
                .anyMatch(directory -> names(directory).known().isPresent());
    }

    /** Was it seen on the running host itself, so that what {@code /proc} and {@code /sys} lack is not there? */
    boolean showsRunningHost() {
        return host.showsRunningHost();
    }

    /** Can it tell what commands print? */
    boolean answersCommands() {
        return host.answersCommands();
    }

    /**
     * Is there a whole {@code /sys} of a running kernel, so that what is not in it is not there? A directory may hold some
     * copied files of one; a count that nobody would copy is a sign that it is all there.
     */
    boolean hasSysfs() {
        return showsRunningHost() ? isDirectory("/sys/kernel") : isFile("/sys/kernel/uevent_seqnum");
    }

    static Fact fact(String name, Observed<? extends FactValue> observed) {
        return new Fact(name, observed.map(value -> value));
    }

    /** Is it known to be so? */
    static boolean isFlag(Observed<FactValue> observed, boolean set) {
        return observed instanceof Observed.Known<FactValue> known
                && known.value() instanceof FactValue.Flag flag
                && flag.set() == set;
    }

    static Observed<FactValue> flag(boolean set, Origin origin) {
        return Observed.known(new FactValue.Flag(set), origin);
    }

    static Observed<FactValue> text(String text, Origin origin) {
        return Observed.known(new FactValue.Text(text), origin);
    }
}
