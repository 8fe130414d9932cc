package calico.preflight.engine;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.engine.inference.Inference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The judges for the packs of one catalog. Rules that several packs are judged by are compiled once. */
public final class Judges {

    private static final String NOT_TRUSTED =
            "inference rules (DRL) from outside the installation are not run; if you trust them: --allow-drl";

    private final Knowledge knowledge;
    private final RuleTrust trust;
    private final Map<List<RuleFile>, Inference> compiled = new HashMap<>();

    /**
     * No judge yet.
     *
     * @param trust whose rules may run
     */
    public Judges(Knowledge knowledge, RuleTrust trust) {
        this.knowledge = knowledge;
        this.trust = trust;
    }

    /**
     * A judge for this pack.
     *
     * @throws InvalidRulesException where the pack's rules leave their language or do not compile: all that is wrong; and
     *     where they are of somebody who is not trusted: those are not even looked at
     */
    public Judge of(ResolvedPack pack) throws InvalidRulesException {
        Inference inference = compiled.get(pack.inference());
        if (inference == null) {
            inference = compile(pack.inference());
            compiled.put(pack.inference(), inference);
        }
        return new Judge(pack, knowledge, inference);
    }

    private Inference compile(List<RuleFile> files) throws InvalidRulesException {
        checkTrust(files, trust);
        return Inference.compile(files, knowledge);
    }

    /** Refuses rules of somebody who is not trusted. */
    static void checkTrust(List<RuleFile> files, RuleTrust trust) throws InvalidRulesException {
        List<Problem> strangers = files.stream()
                .filter(file -> !file.trusted() && trust != RuleTrust.ANYBODY)
                .map(file -> new Problem(file.name(), 0, 0, NOT_TRUSTED))
                .toList();
        if (!strangers.isEmpty()) {
            throw new InvalidRulesException(strangers);
        }
    }
}
