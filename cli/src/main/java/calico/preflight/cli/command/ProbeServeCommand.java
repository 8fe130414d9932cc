package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.Durations;
import calico.preflight.cli.option.Flag;
import calico.preflight.cli.option.ProbeConnectionOptions;
import calico.preflight.cli.option.RulesOptions;
import calico.preflight.cli.option.Single;
import calico.preflight.facts.probe.flow.ProbeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/** Waits for other hosts that probe. */
final class ProbeServeCommand extends Command {

    private final Console console;

    private final ProbeConnectionOptions connection = with(new ProbeConnectionOptions());

    private final Single<String> listen =
            text("--listen", "ADDRESS", "the address of this host on which others reach it (default: every address)");

    private final Flag once = flag("--once", "end after the first host that probed");

    private final Single<Duration> limit = one(
            Duration.class,
            option("--for", "DURATION", "end after this long, such as 90s, 10m or 2h (default: 1h)")
                    .converters(new Durations()));

    private final RulesOptions rules = with(new RulesOptions());

    ProbeServeCommand(Console console) {
        super(
                "serve",
                "Waits for probe run on other hosts, and exchanges packets with those that hold the same key: it listens for "
                        + "the traffic of requirements, and sends such traffic back to the host that asks, and to no other. "
                        + "Ports that something else holds are left to it. IP-in-IP needs root, and so do ports below 1024.",
                "",
                "At most 16 connections at a time, of which one probes; 1000 packets and five minutes for each session, "
                        + "which ends after 30 seconds without a word. Ctrl-C ends it all.",
                "",
                "Examples:",
                "  sudo calico-preflight probe serve --key-file probe.key",
                "  sudo calico-preflight probe serve --key-file probe.key --listen 10.0.0.2 --once");
        this.console = console;
    }

    @Override
    public Integer call() throws InvalidRulesException {
        var allowed = FlowPlan.ofAll(RuleBook.load(rules, console.environment()));
        var settings = new ProbeServer.Settings(
                address(),
                connection.port(),
                connection.keyOrNew(console),
                allowed,
                once.isGiven(),
                limit.or(Duration.ofHours(1)));
        try (ProbeServer server = ProbeServer.open(settings, console::say);
                Ending ending = Ending.onInterrupt(server, console)) {
            console.say("Waiting for probe run on " + listen.value().orElse("every address") + " port " + server.port()
                    + ", for " + words(limit.or(Duration.ofHours(1))) + " at most; Ctrl-C ends it.");
            server.serve();
            ending.say();
            return ExitCode.OK.code();
        } catch (IOException e) {
            throw new UserException(
                    "cannot wait on " + listen.value().orElse("every address") + " port " + connection.port() + ": "
                            + Console.reason(e),
                    e);
        }
    }

    private Optional<InetAddress> address() {
        if (listen.value().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(listen.value().get()));
        } catch (UnknownHostException e) {
            throw new UserException("--listen " + listen.value().get() + ": this is no address.", e);
        }
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    /** What is said at the end, however it comes. */
    private record Ending(ProbeServer server, Console console, Thread hook) implements AutoCloseable {

        /** Ctrl-C and a request to end are no errors here: they close what is open, and the exit code is 0. */
        static Ending onInterrupt(ProbeServer server, Console console) {
            Thread hook = new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    // The process ends, and its sockets with it.
                }
                new Ending(server, console, Thread.currentThread()).say();
                Runtime.getRuntime().halt(ExitCode.OK.code());
            });
            Runtime.getRuntime().addShutdownHook(hook);
            return new Ending(server, console, hook);
        }

        void say() {
            int sessions = server.sessions();
            console.say("Ended after " + sessions + (sessions == 1 ? " session" : " sessions")
                    + "; nothing listens any longer.");
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, and the hook does the rest.
            }
        }
    }
}
