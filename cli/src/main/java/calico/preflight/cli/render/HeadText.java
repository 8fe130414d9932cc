package calico.preflight.cli.render;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands above a result: the host, the target, the rules. */
record HeadText(TextPage page) {

    private static final int INDENT = 2;

    /** The host and where and when it was seen. */
    void host(HostFacts facts) {
        HostSummary host = HostSummary.of(facts);
        String what = Stream.of(
                        host.distribution(),
                        host.kernelRelease().map(release -> "kernel " + release),
                        host.architecture())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        entry("host", what.isEmpty() ? "nothing is known of it" : what);
        entry("seen", host.source() + ", " + facts.collectedAt());
    }

    /** The host's own name. */
    static String name(HostFacts facts) {
        return HostSummary.of(facts).name().orElse("a host without a name");
    }

    /** The target, but for its version and platform. */
    void target(Target target) {
        entry("target", describe(target));
    }

    /** The pack. */
    void rules(Report report) {
        rules(report.packId(), report.packDigest(), standIn(report, ", "));
    }

    /** The pack, and what else there is to say of it. */
    void rules(String id, String digest, String remark) {
        entry("rules", id + " " + shortened(digest) + remark);
    }

    /** A word and what there is to say to it. */
    void entry(String label, String words) {
        page.entry(INDENT, label, FindingText.COLUMN, words);
    }

    /** That these are the rules of another version than the one asked for, where they are. */
    static String standIn(Report report, String before) {
        return standIn(report.judgedAs(), report.target(), before);
    }

    /** That these are the rules of another version than that of the target, where they are. */
    static String standIn(CalicoVersion judgedAs, Target target, String before) {
        return judgedAs.equals(target.calico())
                ? ""
                : before + "the rules are those of Calico " + judgedAs + ", the nearest to " + target.calico()
                        + " that are known";
    }

    static String describe(Target target) {
        List<String> words = new ArrayList<>();
        words.add("networking " + target.networking().label());
        words.add("encapsulation " + target.encapsulation().label());
        words.add("BGP " + target.bgp().label());
        words.add("dataplane " + target.dataplane().label());
        words.add("datastore " + target.datastore().label());
        words.add(target.ipFamily().label());
        words.add("role " + target.roles().stream().map(Role::label).collect(Collectors.joining("+")));
        if (target.typha()) {
            words.add("Typha");
        }
        if (target.wireguard()) {
            words.add("WireGuard");
        }
        target.kubeProxy().ifPresent(mode -> words.add("kube-proxy " + mode.label()));
        target.features().forEach(feature -> words.add("feature " + feature));
        words.add("profile " + target.profile().label());
        return String.join(", ", words);
    }

    private static String shortened(String digest) {
        return digest.length() > 19 ? digest.substring(0, 19) : digest;
    }
}
