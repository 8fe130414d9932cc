package calico.preflight.facts.collect;

import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A host, and all that the collectors ask it for; what they read and list, as often as they do. */
record AskedHost(
        HostSource host,
        List<String> reads,
        List<String> lists,
        Set<String> walks,
        Set<String> kinds,
        Set<String> links,
        Set<HostCommand> commands)
        implements HostSource {

    static AskedHost of(HostSource host) {
        return new AskedHost(
                host,
                new ArrayList<>(),
                new ArrayList<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public boolean showsRunningHost() {
        return host.showsRunningHost();
    }

    @Override
    public boolean answersCommands() {
        return host.answersCommands();
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        reads.add(path);
        return host.read(path, limit);
    }

    @Override
    public Content<List<String>> list(String directory) {
        lists.add(directory);
        return host.list(directory);
    }

    @Override
    public Content<List<String>> walk(String directory) {
        walks.add(directory);
        return host.walk(directory);
    }

    @Override
    public Content<FileKind> kind(String path) {
        kinds.add(path);
        return host.kind(path);
    }

    @Override
    public Content<String> link(String path) {
        links.add(path);
        return host.link(path);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        commands.add(command);
        return host.run(command);
    }
}
