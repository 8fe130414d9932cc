package calico.preflight.facts.archive;

import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.Content.Unsupported;
import calico.preflight.facts.source.DirectoryHost;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.Printout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that another tool made of a host: an unpacked sosreport, or what {@code calicoctl node diags} gathered. It is
 * read as any directory is, and what such a tool keeps under names of its own is found there too. As it has copies of
 * some files and not of others, nothing that it lacks is said to be missing on the host.
 */
public final class ReportFolder implements HostSource {

    /** Why a report does not answer. */
    public static final String NOT_COPIED = "the report has no copy of it";

    private static final int MOST_OUTPUT = 8 << 20;

    /** sos keeps 25 MiB of an output, unless it is told to keep more. */
    private static final int MOST_KEPT = 32 << 20;

    private final DirectoryHost folder;
    private final ReportLayout layout;

    private ReportFolder(DirectoryHost folder, ReportLayout layout) {
        this.folder = folder;
        this.layout = layout;
    }

    /**
     * The host in this directory. A report may be the only thing in it, in a folder of its own.
     *
     * @param name how reports name it
     * @return such a report, or where it is none a host's root
     * @throws IOException if it cannot be read
     */
    public static HostSource open(String name, Path directory) throws IOException {
        for (Path top : tops(directory)) {
            for (ReportLayout layout : ReportLayout.values()) {
                if (Files.exists(top.resolve(layout.sign()), LinkOption.NOFOLLOW_LINKS)) {
                    return new ReportFolder(DirectoryHost.of(name, top), layout);
                }
            }
        }
        return DirectoryHost.of(name, directory);
    }

    private static List<Path> tops(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> first = entries.limit(2).toList();
            boolean alone = first.size() == 1 && Files.isDirectory(first.get(0), LinkOption.NOFOLLOW_LINKS);
            return alone ? List.of(directory, first.get(0)) : List.of(directory);
        }
    }

    @Override
    public String name() {
        return folder.name();
    }

    @Override
    public boolean showsRunningHost() {
        return false;
    }

    @Override
    public boolean answersCommands() {
        return true;
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        Content<byte[]> copied = folder.read(path, limit);
        if (!(copied instanceof Missing<byte[]>)) {
            return copied;
        }
        return layout.files(path).stream()
                .flatMap(stored -> text(stored.place(), stored.form(), limit).stream())
                .findFirst()
                .map(ReportFolder::present)
                .orElseGet(() -> new Unsupported<>(NOT_COPIED));
    }

    private Optional<String> text(String place, ReportLayout.Form form, int limit) {
        return folder.read("/" + place, limit) instanceof Present<byte[]> present
                ? Optional.of(form.read(new String(present.value(), StandardCharsets.UTF_8)))
                        .filter(text -> !text.isBlank())
                : Optional.empty();
    }

    private static Content<byte[]> present(String text) {
        return new Present<>(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Programs are no matter of a report: what it has of their directories tells nothing of the others. */
    @Override
    public Content<List<String>> list(String directory) {
        return HostCommand.DIRECTORIES.contains(directory)
                ? new Unsupported<>(NOT_COPIED)
                : copied(folder.list(directory));
    }

    @Override
    public Content<List<String>> walk(String directory) {
        return copied(folder.walk(directory));
    }

    @Override
    public Content<FileKind> kind(String path) {
        return copied(folder.kind(path));
    }

    @Override
    public Content<String> link(String path) {
        Content<String> target = folder.link(path);
        // what is there without being a link is none
        return target instanceof Missing<String> && folder.kind(path) instanceof Missing<FileKind>
                ? new Unsupported<>(NOT_COPIED)
                : target;
    }

    /** What a report lacks may be on the host all the same. */
    private static <T> Content<T> copied(Content<T> content) {
        return content instanceof Missing<T> ? new Unsupported<>(NOT_COPIED) : content;
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        return layout.outputs(command).stream()
                .flatMap(printed -> text(printed.place(), printed.form(), MOST_OUTPUT).stream())
                .findFirst()
                .map(ReportFolder::present)
                .orElseGet(() -> new Unsupported<>("a " + layout.label() + " does not tell"));
    }

    @Override
    public Optional<Printout.Kept> kept(Printout printout) {
        return layout.places(printout).stream()
                .flatMap(place -> text(place, ReportLayout.Form.AS_IT_IS, MOST_KEPT)
                        .map(content -> new Printout.Kept(place, content))
                        .stream())
                .findFirst();
    }
}
