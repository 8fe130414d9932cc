package calico.preflight.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A folder of rules that a test writes: with knowledge, one rule file and nothing else to begin with. */
public final class RulesOnDisk {

    /** The smallest pack: one requirement on two platforms. Its last lines may be followed by more requirements. */
    public static final String SMALL = """
            schema: calico-preflight/rule-pack/1
            id: calico-3.16
            calico: "3.16"
            inference: [kernel.drl]
            defaults:
              openstack: {datastore: etcd, typha: false}
              kubernetes: {datastore: kubernetes}
            documents:
              requirements:
                title: Requirements
                url: {openstack: "https://example.org/openstack", kubernetes: "https://example.org/kubernetes"}
            requirements:
              - id: kernel-version
                kind: kernel-version
                level: must
                settledBy: image
                title: Linux kernel 3.10 or newer
                parameters: {minimum: "3.10"}
                source: {document: requirements, section: Nodes}
                remedy: Boot a newer kernel.
            """;

    private final Path directory;
    private final boolean trusted;

    private RulesOnDisk(Path directory, boolean trusted) {
        this.directory = directory;
        this.trusted = trusted;
    }

    /** The installation's own. */
    public static RulesOnDisk own(Path directory) {
        return new RulesOnDisk(directory, true)
                .with("inference/kernel.drl", "// rules\n")
                .with("knowledge/kernel.yaml", "schema: calico-preflight/kernel-knowledge/1\n")
                .with("knowledge/openstack-releases.yaml", """
                        schema: calico-preflight/openstack-releases/1
                        releases:
                          - {name: train, versions: {nova: "20"}}
                          - {name: ussuri, versions: {nova: "21"}}
                        """)
                .with("knowledge/network-providers.yaml", """
                        schema: calico-preflight/network-providers/1
                        helpers: [portmap]
                        providers:
                          - {name: calico, plugins: [calico], source: "https://example.org/calico"}
                          - {name: flannel, plugins: [flannel], source: "https://example.org/flannel"}
                        """);
    }

    /** Somebody else's. */
    public static RulesOnDisk site(Path directory) {
        return new RulesOnDisk(directory, false);
    }

    /** A file with this content. */
    public RulesOnDisk with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file with these bytes. */
    public RulesOnDisk with(String name, byte[] content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The catalog of this folder, with others over it. */
    public Catalog catalog(RulesOnDisk... over) throws InvalidRulesException {
        List<RulesFolder> folders = new ArrayList<>();
        folders.add(new RulesFolder(directory, trusted));
        for (RulesOnDisk upper : over) {
            folders.add(new RulesFolder(upper.directory, upper.trusted));
        }
        return Catalog.load(folders);
    }

    /** The catalog of this folder where only these facts are collected. */
    public Catalog catalog(Set<String> facts) throws InvalidRulesException {
        return Catalog.load(List.of(new RulesFolder(directory, trusted)), facts);
    }

    /** The messages, with this folder's path left out. */
    public List<String> relative(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }
}
