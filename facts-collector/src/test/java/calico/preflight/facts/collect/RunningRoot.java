package calico.preflight.facts.collect;

import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.DirectoryHost;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host's root that a test laid out, as if it ran: its commands print what the test says.
 *
 * @param asked the commands that were run, in their order
 */
record RunningRoot(DirectoryHost files, Map<HostCommand, String> outputs, List<HostCommand> asked)
        implements HostSource {

    static RunningRoot of(Root root, Map<HostCommand, String> outputs) {
        return new RunningRoot(root.host(), outputs, new ArrayList<>());
    }

    @Override
    public String name() {
        return "live";
    }

    @Override
    public boolean showsRunningHost() {
        return true;
    }

    @Override
    public boolean answersCommands() {
        return true;
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        return files.read(path, limit);
    }

    @Override
    public Content<List<String>> list(String directory) {
        return files.list(directory);
    }

    @Override
    public Content<List<String>> walk(String directory) {
        return files.walk(directory);
    }

    @Override
    public Content<FileKind> kind(String path) {
        return files.kind(path);
    }

    @Override
    public Content<String> link(String path) {
        return files.link(path);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        asked.add(command);
        return Optional.ofNullable(outputs.get(command))
                .<Content<byte[]>>map(output -> new Content.Present<>(output.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(Content.Missing::new);
    }
}
