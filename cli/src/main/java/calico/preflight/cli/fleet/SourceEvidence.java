package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
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

/**
 * A host as {@code --source} takes it: a directory or an archive with its files, a capture, {@code ssh://HOST}.
 *
 * @param name as a user would type it
 * @param ssh how a host of {@code ssh://} is reached
 */
record SourceEvidence(String name, SshSettings ssh) implements HostEvidence {
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
        try (HostSource host = HostSources.open(name, ssh)) {
            if (host instanceof ConfigurationFile) {
                throw new UnreadableHostException("has the name of an archive, but is none");
            }
            return new HostCollector().collect(host, CollectionOptions.none(), wanted::holds);
        } catch (UnusableSourceException e) {
            throw new UnreadableHostException(e.why(), e);
        } catch (AmbiguousKernelException e) {
            throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UnreadableHostException(Console.reason(e), e);
        } catch (UncheckedIOException e) {
            throw new UnreadableHostException(String.valueOf(e.getMessage()), e);
        }
    }
}
