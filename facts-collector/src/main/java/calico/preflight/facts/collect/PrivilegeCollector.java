package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Capabilities;
import calico.preflight.facts.parse.Lines;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What processes may do: the collecting one, the first one, and Calico's. */
public final class PrivilegeCollector implements Collector {

    private static final String SELF = "/proc/self/status";

    @Override
    public Set<String> facts() {
        return Set.of(
                "privilege.uid",
                "privilege.self.effective",
                "privilege.self.bounding",
                "privilege.init.bounding",
                "privilege.user-namespace",
                "privilege.calico.effective");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<String> self = ofThisProcess(look, SELF);
        Observed<String> init =
                Answers.absentMeans("the processes of a running host are not there", look.text("/proc/1/status"));
        return List.of(
                Look.fact("privilege.uid", uid(self)),
                Look.fact("privilege.self.effective", capabilities(self, "CapEff")),
                Look.fact("privilege.self.bounding", capabilities(self, "CapBnd")),
                Look.fact("privilege.init.bounding", capabilities(init, "CapBnd")),
                Look.fact("privilege.user-namespace", userNamespace(ofThisProcess(look, "/proc/self/uid_map"))),
                Look.fact("privilege.calico.effective", calico(look)));
    }

    /** Below a directory {@code /proc/self} is that of nobody, or of a process on another host. */
    private static Observed<String> ofThisProcess(Look look, String path) {
        return look.showsRunningHost()
                ? Answers.absentMeans("there is no such file", look.text(path))
                : Observed.unknown("only the running host can tell", Origin.of(path));
    }

    private static Observed<FactValue> uid(Observed<String> status) {
        Optional<Lines.Line> line = status.known().flatMap(text -> Lines.field(text, "Uid"));
        List<String> ids = line.map(field -> Lines.words(field.text())).orElse(List.of());
        // real, effective, saved, file system
        OptionalLong effective = ids.size() == 4 ? Lines.number(ids.get(1)) : OptionalLong.empty();
        if (effective.isEmpty()) {
            return unreadable(status);
        }
        Origin origin = status.origin().at(line.map(Lines.Line::number).orElse(0));
        return Observed.known(new FactValue.Whole(effective.getAsLong()), origin);
    }

    private static Observed<FactValue> capabilities(Observed<String> status, String field) {
        Optional<Lines.Line> line = status.known().flatMap(text -> Lines.field(text, field));
        return line.flatMap(found -> Capabilities.names(found.text())
                        .map(names -> Observed.<FactValue>known(
                                new FactValue.Texts(names), status.origin().at(found.number()))))
                .orElseGet(() -> unreadable(status));
    }

    private static Observed<FactValue> unreadable(Observed<String> file) {
        return file.known().isPresent()
                ? Observed.unknown("the file is not of the form that the kernel writes", file.origin())
                : file.map(FactValue.Text::new);
    }

    /** The initial namespace maps all ids to themselves (user_namespaces(7)). */
    private static Observed<FactValue> userNamespace(Observed<String> map) {
        List<String> words = map.known().map(Lines::words).orElse(List.of());
        if (words.size() < 3) {
            return unreadable(map);
        }
        return Look.text(words.equals(List.of("0", "0", "4294967295")) ? "initial" : "nested", map.origin());
    }

    private static Observed<FactValue> calico(Look look) {
        Processes processes = look.processes();
        return processes
                .named(Set.of("calico-felix", "felix", "calico-node"))
                .map(process -> capabilities(look.text(process.origin("status").where()), "CapEff"))
                .orElseGet(processes::none);
    }
}
