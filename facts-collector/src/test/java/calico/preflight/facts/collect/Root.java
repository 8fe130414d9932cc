package calico.preflight.facts.collect;

import calico.preflight.facts.HostFacts;
import calico.preflight.facts.source.DirectoryHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A host's root that a test lays out below a temporary directory. */
record Root(Path path) {

    static final CollectionOptions OPTIONS =
            CollectionOptions.none().at(Clock.fixed(Instant.parse("2026-01-01T00:00:00.5Z"), ZoneOffset.UTC));

    Root with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    Root with(String file, byte[] bytes) {
        try {
            Path target = path.resolve(file.substring(1));
            Files.createDirectories(target.getParent());
            Files.write(target, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Root withDirectory(String directory) {
        try {
            Files.createDirectories(path.resolve(directory.substring(1)));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Root withLink(String link, String target) {
        try {
            Path file = path.resolve(link.substring(1));
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DirectoryHost host() {
        try {
            return DirectoryHost.of(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HostFacts facts() throws AmbiguousKernelException {
        return facts(OPTIONS);
    }

    HostFacts facts(CollectionOptions options) throws AmbiguousKernelException {
        return new HostCollector().collect(host(), options);
    }
}
