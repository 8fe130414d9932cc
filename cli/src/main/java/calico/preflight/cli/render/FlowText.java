package calico.preflight.cli.render;

import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.Palette.Style;
import calico.preflight.facts.probe.flow.FlowResult;
import calico.preflight.facts.probe.flow.FlowResult.Result;
import calico.preflight.facts.probe.flow.PathMtu;
import calico.preflight.facts.probe.flow.PeerResults;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What a probe between hosts found, for a person: for each peer a line for each sort of traffic and way. */
public final class FlowText {

    private static final int COLUMN = 45;

    private final Target target;
    private final List<PeerResults> results;

    /** The text of these results, for the target that asked for the traffic. */
    public FlowText(Target target, List<PeerResults> results) {
        this.target = target;
        this.results = results;
    }

    /** Everything, peer by peer. */
    public String whole(TextReport.Look look) {
        TextPage page = new TextPage(look.width(), look.palette());
        page.line(
                        Style.BOLD,
                        "Traffic of Calico " + target.calico() + " on "
                                + target.platform().label() + ", encapsulation "
                                + target.encapsulation().label())
                .gap();
        for (PeerResults peer : results) {
            page.line(Style.BOLD, peer.peer().isEmpty() ? "no peer" : peer.peer());
            for (FlowResult flow : peer.flows()) {
                String label = String.format(
                        Locale.ROOT,
                        "%-23s %-13s %-3s",
                        flow.requirement(),
                        flow.traffic(),
                        flow.way().label());
                String words =
                        flow.result().label().replace('-', ' ') + (flow.detail().isEmpty() ? "" : ": " + flow.detail());
                page.entry(style(flow.result()), 2, label, COLUMN, words);
            }
            peer.path().ifPresent(path -> page.entry(Style.FAINT, 2, "path MTU", COLUMN, words(path)));
            page.gap();
        }
        page.paragraph(0, words());
        return page.toString();
    }

    /** The last line alone. */
    public String verdict(TextReport.Look look) {
        return new TextPage(look.width(), look.palette()).line(words()).toString();
    }

    private static Style style(Result result) {
        return switch (result) {
            case PASSED -> Style.GREEN;
            case BLOCKED -> Style.RED;
            case NOT_TRIED -> Style.MAGENTA;
        };
    }

    private static String words(PathMtu path) {
        String measured = "out " + words(path.out()) + ", in " + words(path.in()) + "; " + path.device() + " has "
                + path.deviceMtu() + "; by " + path.carrier();
        return path.detail().isEmpty() ? measured : measured + "; " + path.detail();
    }

    private static String words(OptionalInt bytes) {
        return bytes.isPresent() ? Integer.toString(bytes.getAsInt()) : "unknown";
    }

    private String words() {
        long blocked = count(Result.BLOCKED);
        long open = count(Result.NOT_TRIED);
        long passed = count(Result.PASSED);
        String counts = blocked + " blocked, " + open + " not tried, " + passed + " passed";
        if (blocked > 0) {
            return "FAIL: " + counts + ".";
        }
        return (open > 0 ? "UNKNOWN: " : "PASS: ") + counts + ".";
    }

    private long count(Result wanted) {
        return results.stream()
                .flatMap(peer -> peer.flows().stream())
                .filter(flow -> flow.result() == wanted)
                .count();
    }
}
