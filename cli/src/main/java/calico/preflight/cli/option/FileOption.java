package calico.preflight.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a result goes. */
public final class FileOption {

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "write the result there instead of standard output, all of it or nothing")
    private Optional<Path> file = Optional.empty();

    /** The file for the result; nothing: standard output. */
    public Optional<Path> file() {
        return file;
    }
}
