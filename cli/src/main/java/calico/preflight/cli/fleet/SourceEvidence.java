package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.collect.AmbiguousKernelException;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.opening.HostSources;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.ConfigurationFile;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A host as {@code --source} takes it: a directory or an archive with its files, a capture, {@code ssh://HOST}.
 *
 * @param name as a user would type it
 * @param opening opens it
 */
record SourceEvidence(String name, Opening opening) implements HostEvidence {

    /** Opens a source; whoever asked for it closes it. */
    @FunctionalInterface
    interface Opening {
        HostSource open() throws IOException;
    }

    /** A file or a directory. */
    static SourceEvidence of(Path path) {
        return new SourceEvidence(path.toString(), () -> HostSources.open(path.toString(), SshSettings.USUAL));
    }

    @Override
    public String place() {
        return name;
    }

    @Override
    public int weight() {
        return 0;
    }

    @Override
    public HostFacts read(FactSelection wanted) throws UnreadableHostException {
        try (HostSource host = opening.open()) {
            if (host instanceof ConfigurationFile) {
                throw new UnreadableHostException(
                        Files.size(Path.of(name)) == 0
                                ? "is empty: nothing came from this host"
                                : "has the name of an archive, but is none");
            }
            return new HostCollector().collect(host, CollectionOptions.none(), wanted::holds);
        } catch (UnusableSourceException e) {
            throw new UnreadableHostException(e.why(), e);
        } catch (AmbiguousKernelException e) {
            throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UnreadableHostException(Console.reason(e), e);
        } catch (UncheckedIOException | UserException e) {
            throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
        }
    }
}
