package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.source.DirectoryHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A directory that holds the files of a host, as {@code --source} takes it. */
record DirectoryEvidence(Path directory) implements HostEvidence {
    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public int weight() {
        return 0;
    }

    @Override
    public HostFacts read(FactSelection wanted) throws UnreadableHostException {
        try {
            return new HostCollector().collect(DirectoryHost.of(directory), CollectionOptions.none(), wanted::holds);
        } catch (AmbiguousKernelException e) {
            throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UnreadableHostException(Console.reason(e), e);
        } catch (UncheckedIOException e) {
            throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
        }
    }
}
