package calico.preflight.engine.drl;

import java.util.List;

/** What a rule file says, where nothing is wrong with it. */
record ParsedFile(String packageName, List<ParsedRule> rules) {}
