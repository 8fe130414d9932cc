package calico.preflight.cli.command;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.DatastoreOptions;
import calico.preflight.cli.option.FactsOutput;
import calico.preflight.cli.option.Flag;
import calico.preflight.cli.option.HostOptions;
import calico.preflight.cli.option.Single;
import calico.preflight.cli.render.FactsText;
import calico.preflight.facts.Fact;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.capture.Capture;
import calico.preflight.facts.capture.CaptureArchive;
import calico.preflight.facts.capture.CaptureHost;
import calico.preflight.facts.capture.CaptureScript;
import calico.preflight.facts.capture.Redaction;
import calico.preflight.facts.opening.HostSources;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.UnusableSourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Collects every fact there is, whatever a pack may ask for, so that the host can be judged elsewhere and later. */
final class CollectCommand extends Command {

    private final Console console;

    private final HostOptions host = with(new HostOptions());

    private final DatastoreOptions datastore = with(new DatastoreOptions());

    private final FactsOutput output = with(new FactsOutput());

    private final Single<Path> capture = path(
            "--capture",
            "FILE",
            "keep what the facts are read from, in the place of facts: a .tar.gz, without secrets");

    private final Flag redact = flag(
            "--redact",
            "replace addresses, host and user names, each by the same one all over; prefixes stay prefixes");

    private final Flag printScript =
            flag("--print-script", "print the script that takes captures on hosts without Java");

    CollectCommand(Console console) {
        super(
                "collect",
                "Collects all facts of a host, to be judged anywhere, any time later. Nothing on the host is changed. A capture "
                        + "keeps what the facts are read from, so that it is judged by what later versions know.",
                "",
                "Examples:",
                "  calico-preflight collect --output-file node1.json",
                "  calico-preflight collect --source ssh://node1 -o ndjson >> hosts.ndjson",
                "  calico-preflight collect --source /mnt/image | calico-preflight check --facts -",
                "  calico-preflight collect --capture node1.tar.gz --redact",
                "  calico-preflight collect --source ssh://node1 --capture node1.tar.gz",
                "  calico-preflight collect --print-script > collect.sh     (on a host without Java: sh collect.sh FILE)",
                "  calico-preflight collect -o text",
                "  calico-preflight collect --etcd-endpoints http://10.0.0.1:2379");
        this.console = console;
    }

    @Override
    public Integer call() {
        if (printScript.isGiven()) {
            console.result(CaptureScript.text().getBytes(StandardCharsets.UTF_8), Optional.empty());
        } else if (capture.value().isPresent()) {
            console.result(CaptureArchive.write(taken()), capture.value());
        } else if (redact.isGiven()) {
            give(Hosts.collect(redactedHost(), host).with(answers()));
        } else {
            give(new Hosts(host, console).with(name -> true).with(answers()));
        }
        return ExitCode.OK.code();
    }

    private List<Fact> answers() {
        return DatastoreAsking.asAskedFor(datastore, host);
    }

    private void give(HostFacts facts) {
        output.give(console, facts, look -> FactsText.of(facts, look));
    }

    /** The capture of the host that the options name. */
    private Capture taken() {
        Capture whole = raw();
        return redact.isGiven() ? Redaction.withRandomKey().of(whole) : whole;
    }

    private Capture raw() {
        if (!host.allFacts().isEmpty()) {
            throw new UserException("--facts has facts, and not what they were read from: --capture and --redact need a"
                    + " host or a capture.");
        }
        String name = host.source().orElse(HostSources.LIVE);
        try {
            if (name.equals(HostSources.LIVE)) {
                return CaptureScript.ofThisHost();
            }
        } catch (IOException e) {
            throw new UserException("--capture: " + Console.reason(e) + ".", e);
        }
        try (HostSource source = Hosts.open(host)) {
            if (source instanceof CaptureHost captured) {
                return captured.capture();
            }
        }
        throw new UserException("--capture and --redact need a running host (live, ssh://HOST) or a capture; " + name
                + " is files already, which --source reads as they are.");
    }

    private HostSource redactedHost() {
        Capture redacted = taken();
        try {
            return CaptureHost.of(redacted.manifest().source(), redacted);
        } catch (UnusableSourceException e) {
            throw new UserException("--redact: the capture " + e.why() + ".", e);
        }
    }
}
