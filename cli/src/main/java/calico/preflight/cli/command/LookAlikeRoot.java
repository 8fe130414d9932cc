package calico.preflight.cli.command;

import calico.preflight.cli.command.Corpus.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory that looks like the root of a host with the modules of one kernel: empty files, and the lists that come with
 * them. It is in the temporary directory, and goes when it is closed.
 */
final class LookAlikeRoot implements AutoCloseable {

    private final Path root;

    private LookAlikeRoot(Path root) {
        this.root = root;
    }

    /**
     * Lays out the tree.
     *
     * @param release the kernel's
     * @param depmod lay a {@code modules.dep} too, as {@code depmod} makes it, in which no module needs another
     */
    static LookAlikeRoot of(String release, Tree tree, boolean depmod) throws IOException {
        LookAlikeRoot look = new LookAlikeRoot(Files.createTempDirectory("calico-preflight-corpus"));
        boolean done = false;
        try {
            look.lay(release, tree, depmod);
            done = true;
            return look;
        } finally {
            if (!done) {
                look.close();
            }
        }
    }

    private void lay(String release, Tree tree, boolean depmod) throws IOException {
        Path modules = Files.createDirectories(
                        root.resolve("lib/modules").resolve(release).resolve("kernel"))
                .resolveSibling("");
        Files.createDirectories(root.resolve("etc"));
        for (String file : tree.files()) {
            Path path = modules.resolve(file);
            Files.createDirectories(path.resolveSibling(""));
            if (!Files.exists(path)) {
                Files.createFile(path);
            }
        }
        Files.writeString(modules.resolve("modules.builtin"), lines(tree.builtins(), ""));
        if (depmod) {
            Files.writeString(modules.resolve("modules.dep"), lines(tree.files(), ":"));
        }
    }

    private static String lines(List<String> paths, String ending) {
        return paths.stream().map(path -> path + ending + "\n").collect(Collectors.joining());
    }

    Path path() {
        return root;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(root)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
