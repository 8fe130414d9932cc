package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.PackHeader;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.cli.console.UserException;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.HostFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules, as the commands use them. */
final class RuleBook {
    static RuleBook load(List<RulesFolder> folders) throws InvalidRulesException {
        throw new UserException("not wired");
    }

    List<PackHeader> packs() {
        return List.of();
    }

    ResolvedPack resolve(Optional<CalicoVersion> calico, Platform platform) {
        throw new UserException("not wired");
    }

    com.fasterxml.jackson.databind.JsonNode describe(ResolvedPack pack) {
        throw new UserException("not wired");
    }

    Set<String> factNames(ResolvedPack pack, Target target) {
        return Set.of();
    }

    Report judge(Target target, ResolvedPack pack, HostFacts facts) throws InvalidRulesException {
        throw new UserException("not wired");
    }

    static List<Problem> lint(List<RulesFolder> folders) {
        return List.of();
    }
}
