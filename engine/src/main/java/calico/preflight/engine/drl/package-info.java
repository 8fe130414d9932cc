/**
 * The small, closed part of DRL in which our rules are written, from the text to the network of Drools. What is outside is
 * refused, and nothing that is inside is code: {@link calico.preflight.engine.drl.ClosedLanguage} reads,
 * {@link calico.preflight.engine.drl.RuleCompiler} has the network built, {@link calico.preflight.engine.drl.SecondOpinion}
 * asks Drools what it makes of the same files, and {@link calico.preflight.engine.drl.BoundedRun} lets rules fire, but not for
 * ever.
 */
@NullMarked
package calico.preflight.engine.drl;

import org.jspecify.annotations.NullMarked;
