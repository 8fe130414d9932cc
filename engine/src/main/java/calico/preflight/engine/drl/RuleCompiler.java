package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rule files and has Drools build its network of what they say. */
public final class RuleCompiler {

    private RuleCompiler() {}

    /**
     * Compiles.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     */
    public static RuleNetwork compile(List<RuleSource> sources, Vocabulary vocabulary) throws InvalidRulesException {
        return build(parse(sources, vocabulary, PreparedRules.none()), vocabulary);
    }

    /** The same, where what the files say may have been prepared when the program was built. */
    public static RuleNetwork compile(List<RuleSource> sources, Vocabulary vocabulary, Path prepared)
            throws InvalidRulesException {
        Optional<RuleNetwork> ahead = RulesAhead.take(prepared, sources);
        return ahead.isPresent()
                ? ahead.get()
                : build(parse(sources, vocabulary, PreparedRules.open(prepared)), vocabulary);
    }

    private static RuleNetwork build(List<ParsedFile> files, Vocabulary vocabulary) {
        return RuleNetwork.of(new NetworkBuilder(vocabulary).build(files));
    }

    /**
     * What the files say.
     *
     * @param prepared has what some of them say
     * @throws InvalidRulesException as {@link #compile(List, Vocabulary)} does
     */
    static List<ParsedFile> parse(List<RuleSource> sources, Vocabulary vocabulary, PreparedRules prepared)
            throws InvalidRulesException {
        List<Problem> problems = new ArrayList<>();
        List<ParsedFile> files = new ArrayList<>();
        Map<String, String> placeOfName = new HashMap<>();
        for (RuleSource source : sources) {
            Optional<ParsedFile> known = prepared.find(source);
            ParsedFile file = known.isPresent() ? known.get() : parse(source, vocabulary, problems);
            files.add(file);
            for (ParsedRule rule : file.rules()) {
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

    private static ParsedFile parse(RuleSource source, Vocabulary vocabulary, List<Problem> problems) {
        ClosedLanguage.Parsed parsed = ClosedLanguage.parse(source.fileName(), source.text(), vocabulary);
        problems.addAll(parsed.problems());
        return parsed.file();
    }
}
