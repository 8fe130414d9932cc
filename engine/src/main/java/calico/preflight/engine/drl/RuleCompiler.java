package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kie.api.KieBase;

/** Reads rule files and has Drools build its network of what they say. */
public final class RuleCompiler {

    private RuleCompiler() {}

    /**
     * Compiles.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     */
    public static KieBase compile(List<RuleSource> sources, Vocabulary vocabulary) throws InvalidRulesException {
        return new NetworkBuilder(vocabulary).build(parse(sources, vocabulary));
    }

    /** The rules as they were prepared when the program was built, or else compiled now. */
    public static KieBase compile(List<RuleSource> sources, Vocabulary vocabulary, Path prepared)
            throws InvalidRulesException {
        Optional<KieBase> ready = PreparedRules.find(prepared, sources, vocabulary);
        return ready.isPresent() ? ready.get() : compile(sources, vocabulary);
    }

    /** What the files say. */
    static List<ParsedFile> parse(List<RuleSource> sources, Vocabulary vocabulary) throws InvalidRulesException {
        List<Problem> problems = new ArrayList<>();
        List<ParsedFile> files = new ArrayList<>();
        Map<String, String> placeOfName = new HashMap<>();
        for (RuleSource source : sources) {
            ClosedLanguage.Parsed parsed = ClosedLanguage.parse(source.fileName(), source.text(), vocabulary);
            problems.addAll(parsed.problems());
            files.add(parsed.file());
            for (ParsedRule rule : parsed.file().rules()) {
                String first = placeOfName.putIfAbsent(rule.name(), source.fileName() + ":" + rule.line());
                if (first != null) {
                    problems.add(new Problem(
                            source.fileName(),
                            rule.line(),
                            rule.column(),
                            "there is already a rule of this name, at " + first + "; every rule has its own"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return files;
    }
}
