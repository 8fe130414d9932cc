package calico.preflight.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** Where a result goes. */
public final class FileOption extends OptionGroup {

    private final Single<Path> file =
            path("--output-file", "FILE", "write the result there instead of standard output, all of it or nothing");

    /** None is given yet. */
    public FileOption() {
        super(Section.OUTPUT);
    }

    /** The file for the result; nothing: standard output. */
    public Optional<Path> file() {
        return file.value();
    }
}
