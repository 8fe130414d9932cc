package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.fleet.FleetInputs;
import calico.preflight.cli.option.FleetOutput;
import calico.preflight.cli.option.GateOptions;
import calico.preflight.cli.option.RemoteHostOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Several;
import calico.preflight.cli.option.TargetOptions;
import calico.preflight.cli.render.Documents;
import calico.preflight.cli.render.FleetDocument;
import calico.preflight.cli.render.FleetPage;
import calico.preflight.cli.render.FleetText;
import calico.preflight.cli.render.PagedHosts;
import calico.preflight.engine.fleet.FleetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges many hosts by one pack, and what shows only across them. */
final class FleetCommand extends Command {

    private final Console console;

    private final Several<String> inputs = arguments(
            String.class,
            "INPUT",
            "a file of facts that collect wrote, or of many hosts (a document on each line; .gz too); a "
                    + "capture, a packed sosreport or root; a directory that holds a host's files; a folder of any of "
                    + "these; ssh://[user@]host[:port]; - for standard input");

    private final RemoteHostOptions remote = with(new RemoteHostOptions());

    private final TargetOptions target = with(new TargetOptions());

    private final GateOptions gate = with(new GateOptions());

    private final RulesOptions rules = with(new RulesOptions());

    private final FleetOutput output = with(new FleetOutput());

    FleetCommand(Console console) {
        super(
                "fleet",
                "Judges any number of hosts, and what shows only across them: names and addresses that several have, and "
                        + "hosts that differ from the others.",
                "",
                "All are judged for the same target, so --platform must be given where the rules serve several. A host that "
                        + "cannot be read is reported with the reason, counts as UNKNOWN, and costs the others nothing.",
                "",
                "Exit code: that of the worst host, to which what shows across hosts counts as well.",
                "",
                "Examples:",
                "  calico-preflight fleet --platform openstack all-nodes/",
                "      the facts in a folder and the folders in it",
                "  calico-preflight fleet --platform openstack node1.json rack2.ndjson.gz",
                "  jq -c . *.json | calico-preflight fleet --platform kubernetes -o ndjson -",
                "      each host's report on a line, and the summary on the last",
                "  calico-preflight fleet --platform host -o html --output-file fleet.html hosts/",
                "      a page for the browser: hosts by requirements, and each host's findings",
                "  calico-preflight fleet --platform kubernetes --hosts nodes.txt",
                "      many hosts at a time, each through your own ssh",
                "  calico-preflight fleet --platform host --hosts nodes.txt --captures nodes/",
                "      keeps what each host gave; started again, it reaches only the others",
                "  calico-preflight fleet --platform host images/ --allow-unknown=host");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        List<String> all = new ArrayList<>(inputs.values());
        all.addAll(remote.hosts());
        if (all.isEmpty()) {
            throw new UserException(
                    "there is nothing to check: name files of facts, folders, ssh://HOST, or - for standard input.");
        }
        FleetInputs hosts = new FleetInputs(all, console.environment().input(), remote.remote(console));
        RuleBook book = RuleBook.load(rules, console.environment());
        Question question = question(book);
        FleetRules across = book.fleet();
        List<Requirement> known =
                new ArrayList<>(question.pack().requirements(question.target().profile()));
        known.addAll(across.comparisons());
        gate.check(known, question.pack().id() + " or across hosts");
        tellKept(hosts.kept());
        FleetJudging judging = new FleetJudging(console, book, question, across, gate);
        return switch (output.format()) {
            case ndjson -> {
                judging.stream(hosts, console, output.look().file());
                yield judging.exit().code();
            }
            case json -> {
                FleetReport report = judging.judge(hosts);
                FleetDocument document = new FleetDocument(report, Version.number());
                console.result(Documents.json(document.content()), output.look().file());
                yield judging.exit().code();
            }
            case html -> {
                PagedHosts kept = new PagedHosts();
                FleetReport report = judging.judge(hosts, kept::add, kept::addUnreadable);
                FleetPage page = new FleetPage(report, kept, gate.spoken(), Version.number());
                console.result(page::writeTo, output.look().file());
                yield judging.exit().code();
            }
            case text -> {
                FleetText text =
                        new FleetText(judging.judge(hosts), output.look().in(console.environment()), gate.spoken());
                console.result(
                        output.look().quiet() ? text.verdict() : text.whole(),
                        output.look().file());
                yield judging.exit().code();
            }
        };
    }

    private void tellKept(long hosts) {
        if (hosts > 0) {
            console.say((hosts == 1 ? "1 host is" : hosts + " hosts are")
                    + " judged by what an earlier run kept; --refresh takes all captures anew.");
        }
    }

    /** One for all hosts: their platforms are not detected, for a fleet that is judged in two ways has no summary. */
    private Question question(RuleBook book) throws InvalidRulesException {
        String version = target.calico()
                .or(() -> Optional.ofNullable(
                        book.versions().isEmpty() ? null : book.versions().last()))
                .map(Object::toString)
                .orElseThrow(() -> new UserException("the rules hold no pack of any version of Calico."));
        Platform platform = target.platform().isPresent()
                ? target.platform().get()
                : book.named(version, target.nearest()).platform(Optional.empty());
        ResolvedPack pack = book.resolve(target.calico(), target.nearest(), platform);
        Target resolved = target.on(pack);
        if (pack.requirements(resolved.profile()).stream().noneMatch(requirement -> requirement.holdsFor(resolved))) {
            throw new UserException("there is nothing to check: no requirement of " + pack.id()
                    + " applies to this target on " + pack.platform().label() + ".");
        }
        return new Question(pack, resolved);
    }
}
